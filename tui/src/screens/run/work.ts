import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MigrateOptions, RunProgress } from '@statewright/migrate';
import { openOther } from '../../data/open-other.js';
import type { Session } from '../../data/session.js';
import { draftText, loadMigrate } from '../../plan/try-draft.js';
import type { Effect } from '../../screen.js';
import { masked } from './masked.js';
import type { Made, RunArgs, RunState, RunView, Watched } from './state.js';

/** What effects of a run bring. */
export type RunData =
  | { readonly type: 'watched'; readonly watched: Watched }
  | { readonly type: 'done'; readonly view: RunView; readonly made: Made | undefined }
  | { readonly type: 'opened'; readonly session: Session };

/** How often the progress of a run is looked at. */
const LOOK_MILLIS = 100;

const LABELS: { readonly [kind in RunArgs['kind']]: string } = {
  preview: 'trying the plan, nothing is written',
  apply: 'applying the plan',
  verify: 'verifying',
};

/** Does what is to be run, with threads where the command line would; tells how far it is until it has ended. */
export function runEffect(
  { args, stop }: Pick<RunState, 'args' | 'stop'>,
  session: Session,
): Effect<RunData> {
  return {
    label: LABELS[args.kind],
    async run(left, report) {
      const progress: RunProgress = { what: '', bytesDone: 0, bytesTotal: 0 };
      const ended = new AbortController();
      const watching = watch(progress, ended.signal, report);
      const signal = AbortSignal.any([left, stop.signal]);
      try {
        const { view, made } = await work(args, session, { signal, progress });
        return { type: 'done', view: masked(view, session.mask), made };
      } finally {
        ended.abort();
        await watching;
      }
    },
  };
}

async function watch(
  progress: RunProgress,
  ended: AbortSignal,
  report: (data: RunData) => void,
): Promise<void> {
  const began = performance.now();
  let part = { what: progress.what, began };
  while (!ended.aborted) {
    const now = performance.now();
    if (progress.what !== part.what) part = { what: progress.what, began: now };
    const times = { partMillis: now - part.began, runMillis: now - began };
    if (progress.what !== '') report({ type: 'watched', watched: { ...progress, ...times } });
    await sleep(LOOK_MILLIS, undefined, { signal: ended }).catch(() => {});
  }
}

/** The snapshot as the runs are to open it: the one that is browsed, also where there is a newer one beside it. */
function snapshotOf({ savepoint, path }: Session): string {
  return savepoint.location.chosenFrom === undefined ? path : savepoint.location.directory;
}

async function work(
  args: RunArgs,
  session: Session,
  watched: Pick<MigrateOptions, 'signal' | 'progress'>,
): Promise<{ readonly view: RunView; readonly made: Made | undefined }> {
  const { plan, apply, verify } = await loadMigrate();
  const clock = firstOf(session.migrate.clock ?? (() => session.now()));
  const scratch = session.scratch && join(session.scratch.directory, 'run');
  const options = { ...session.migrate, ...watched, clock: clock.now };
  const snapshot = snapshotOf(session);
  if (args.kind === 'verify') {
    const { plan: text, nowMillis } = args.made;
    const migration = { source: snapshot, plan: text, nowMillis };
    return { view: await verify(args.output, { ...options, scratch, migration }), made: args.made };
  }
  const text = await draftText(session);
  if (args.kind === 'preview')
    return { view: await plan(snapshot, text, { ...options, scratch }), made: undefined };
  const view = await apply(snapshot, text, args.output, { ...options, allowLossy: args.allowLossy });
  return { view, made: { plan: text, nowMillis: BigInt(Math.trunc(clock.first())) } };
}

/** A clock that remembers what it said first: that is what steps of a run take for now. */
function firstOf(clock: () => number): { now(): number; first(): number } {
  let first: number | undefined;
  return {
    now() {
      const millis = clock();
      first ??= millis;
      return millis;
    },
    first: () => first ?? clock(),
  };
}

/** Opens what a run has written, to be browsed. */
export function openOutput(session: Session, output: string): Effect<RunData> {
  return {
    label: 'opening the new snapshot',
    run: async () => ({ type: 'opened', session: await openOther(session, output) }),
  };
}
