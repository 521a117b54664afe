import { StatewrightError } from '@statewright/bytes';
import type { JobSchema } from '@statewright/compat';
import { openOther } from '../../data/open-other.js';
import type { Session } from '../../data/session.js';
import type { Effect, ScreenContext } from '../../screen.js';
import { defaultPolicy, type Found, todayOf } from './lint.js';

/** What a snapshot is checked for: empty where nothing is said. */
export interface CheckFor {
  /** A snapshot or a state contract. */
  readonly against: string;
  /** A Flink release, `2.3`. */
  readonly target: string;
}

/** Checks the snapshot; errors are those of the documents and snapshots that are named. */
export function checkEffect({ against, target }: CheckFor, { session }: ScreenContext): Effect<Found> {
  return {
    label: 'checking',
    slot: 'findings',
    async run() {
      const { checkSnapshot, flinkVersion } = await import('@statewright/compat');
      const version = target === '' ? undefined : flinkVersion(target);
      if (target !== '' && version === undefined) throw unknownRelease(target);
      const now = against === '' ? undefined : await newSide(against, session);
      const {
        findings,
        rules,
        target: judged,
      } = checkSnapshot(session, {
        now,
        target: version,
        policy: defaultPolicy('evolve'),
        today: todayOf(session),
      });
      const options = [
        ...(against === '' ? [] : ['--against', against]),
        ...(target === '' ? [] : ['--target', target]),
      ];
      const source = `check ${against === '' ? 'of the same job' : `against ${against}`} on Flink ${judged.flink}`;
      const command = ['check', ...options, '--level', 'evolve'];
      return { source, findings, rules, looking: undefined, command };
    },
  };
}

function unknownRelease(target: string): StatewrightError {
  return new StatewrightError('USAGE', {
    kind: 'Flink release',
    reason: `"${target}" is no release that is known here`,
    next: 'give one from 1.8 to 2.3',
  });
}

async function newSide(against: string, session: Session): Promise<JobSchema> {
  const { jobSchemaOf, readContract } = await import('@statewright/compat');
  if (!/\.ya?ml$/.test(against)) return jobSchemaOf((await openOther(session, against)).savepoint, against);
  const size = (await session.fs.stat(against))?.size ?? 0;
  const text = new TextDecoder().decode(await session.fs.readRange(against, 0, size));
  return readContract(against, text, (name) => {
    throw new StatewrightError('USAGE', {
      kind: 'state contract',
      reason: `"${against}" names the file "${name}", which the browser does not read`,
      next: `run statewright check ${session.path} --against ${against}`,
    });
  });
}
