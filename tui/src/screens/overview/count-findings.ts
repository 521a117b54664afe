import type { Severity } from '@statewright/compat';
import { plural } from '@statewright/report';
import { type Line, line } from '../../line/line.js';
import type { Effect, ScreenContext } from '../../screen.js';
import { lintAt } from '../findings/lint.js';

/** How many findings of each severity the schema has. */
export type FindingCounts = { readonly [severity in Severity]: number };

/** Counts what `lint` finds in the schema: the metadata is all that is read. */
export function countFindings({ session }: ScreenContext): Effect<FindingCounts> {
  return {
    label: '',
    slot: 'findings',
    async run(signal) {
      const { findings } = await lintAt(session, 'schema', signal);
      const count = (wanted: Severity) =>
        findings.filter(({ severity, suppressed }) => severity === wanted && suppressed === undefined).length;
      return { error: count('error'), warning: count('warning'), note: count('note') };
    },
  };
}

/** The counts as a line, as bad as the worst of them. */
export function countsLine(counts: FindingCounts | undefined): Line {
  if (counts === undefined) return line('lint: …', 'dim');
  const { error, warning, note } = counts;
  const parts = [plural(error, 'error'), plural(warning, 'warning'), plural(note, 'note')];
  return line(`lint: ${parts.join(' · ')} in the schema`, error > 0 ? 'bad' : warning > 0 ? 'warn' : 'dim');
}
