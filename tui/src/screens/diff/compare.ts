import { type DiffView, type Scratch, snapshotDiff } from '@statewright/inspect';
import { breather } from '../../data/breather.js';
import { openOther } from '../../data/open-other.js';
import type { Session } from '../../data/session.js';
import type { Effect, ScreenContext } from '../../screen.js';
import { type ChangeRow, changeRow } from './change-row.js';

/** A comparison as far as it goes. */
export interface Compared {
  readonly view: DiffView;
  readonly changes: readonly ChangeRow[];
  /** Of the bytes of both sides, from 0 to 1: 1 when all is compared. */
  readonly share: number;
}

/** Changes listed of each state, and of all together. */
const PER_STATE = 500;
const IN_ALL = 20_000;
/** Milliseconds between two reports. */
const BETWEEN = 300;
/** Bytes that sorting takes before it goes to disk. */
const BUDGET = 16 << 20;

/** What is compared with the snapshot that is browsed. */
export interface CompareArgs {
  readonly path: string;
  /** Whether the other one is the old side. */
  readonly older: boolean;
  /** Tells this comparison from others of the session. */
  readonly request: number;
}

/** Compares the snapshot with another one: types at once, entries as they are read. */
export function compareWith({ path, older, request }: CompareArgs, context: ScreenContext): Effect<Compared> {
  const { session } = context;
  return {
    label: 'comparing',
    slot: 'diff',
    async run(signal, report) {
      const other = await openOther(session, path);
      const [old, now] = older ? [other, session] : [session, other];
      let share = 0;
      const progress = (done: number, total: number) => {
        share = Math.min(0.99, done / total);
      };
      const breathe = breather(signal);
      const scratch = scratchOf(session, request);
      const diff = await snapshotDiff(old, now, { limit: PER_STATE, scratch, progress, pause: breathe });
      report({ view: diff.schema, changes: [], share });
      const rows: ChangeRow[] = [];
      let told = performance.now();
      for await (const batch of diff.changes()) {
        for (const change of batch) {
          if (rows.length < IN_ALL) rows.push(changeRow(change, session.mask));
          await breathe();
        }
        if (performance.now() - told < BETWEEN) continue;
        report({ view: diff.schema, changes: [...rows], share });
        told = performance.now();
      }
      return { view: diff.view([]), changes: rows, share: 1 };
    },
  };
}

/** Without a directory for temporary files all is sorted in memory. */
function scratchOf({ scratch, fs }: Session, request: number): Scratch {
  return scratch === undefined
    ? { fs, directory: '', budget: Number.MAX_SAFE_INTEGER }
    : { ...scratch, directory: `${scratch.directory}/diff-${request}`, budget: BUDGET };
}
