import type { Finding, Policy, RuleRow } from '@statewright/compat';
import { breather } from '../../data/breather.js';
import type { Session } from '../../data/session.js';
import type { Effect, ScreenContext } from '../../screen.js';

/** Findings and where they come from. */
export interface Found {
  /** `lint`, or what was checked. */
  readonly source: string;
  readonly findings: readonly Finding[];
  readonly rules: readonly RuleRow[];
  /** What is still being done. */
  readonly looking: string | undefined;
  /** The verb of the command line and its options. */
  readonly command: readonly string[];
}

/** The policy where no file sets one. */
export function defaultPolicy(level: Policy['level']): Policy {
  return { level, failOn: 'error', rules: new Map(), ignores: [], baseline: undefined };
}

/** Today in UTC, `YYYY-MM-DD`. */
export function todayOf(session: Session): string {
  return new Date(session.now()).toISOString().slice(0, 10);
}

/** What `lint` finds in the schema, or in all values, too. */
export async function lintAt(session: Session, depth: 'schema' | 'values', signal: AbortSignal) {
  const { lintSnapshot } = await import('@statewright/compat');
  return lintSnapshot(session, {
    policy: defaultPolicy('portable'),
    today: todayOf(session),
    atMillis: session.now(),
    ttlMillis: session.ttlMillis,
    depth,
    pause: breather(signal),
  });
}

/** Lints the schema first, which takes no time, then all values. */
export function lintEffect({ session }: ScreenContext): Effect<Found> {
  return {
    label: 'looking at all values',
    slot: 'findings',
    async run(signal, report) {
      const look = async (depth: 'schema' | 'values', looking: string | undefined): Promise<Found> => {
        const { findings, rules } = await lintAt(session, depth, signal);
        return { source: 'lint', findings, rules, looking, command: ['lint'] };
      };
      report(await look('schema', 'still looking at the values'));
      return look('values', undefined);
    },
  };
}
