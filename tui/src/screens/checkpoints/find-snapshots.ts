import { escapeText } from '@statewright/report';
import { absolutePath } from '@statewright/savepoint';
import { breather } from '../../data/breather.js';
import { type FoundSnapshot, listSnapshots } from '../../data/list-snapshots.js';
import { openOther } from '../../data/open-other.js';
import type { Session } from '../../data/session.js';
import type { Effect, ScreenContext } from '../../screen.js';

/** A snapshot in a directory. */
export interface SnapshotRow {
  readonly name: string;
  /** As the browsed snapshot is called, but for the last part. */
  readonly path: string;
  /** Of its metadata file, milliseconds since the epoch. */
  readonly modifiedMillis: number;
  readonly browsed: boolean;
  /** Undefined until its metadata have been read. */
  readonly about: About | undefined;
  /** Why it cannot be opened; safe for the terminal. */
  readonly problem: string | undefined;
}

/** What the metadata of a snapshot tell. */
export interface About {
  readonly id: string;
  readonly kind: string;
  readonly states: string;
  readonly stateBytes: number;
}

/** The snapshots of a directory as far as they have been found, the newest first. */
export interface Listed {
  /** As the browsed snapshot is called. */
  readonly directory: string;
  readonly rows: readonly SnapshotRow[];
  /** Names like those of snapshots, without a metadata file. */
  readonly incomplete: readonly string[];
  readonly done: boolean;
}

/** A snapshot that is to be browsed in the place of the one before. */
export interface Opened {
  readonly session: Session;
}

/** Opens a snapshot that was chosen. */
export function openEffect(path: string, { session }: ScreenContext): Effect<Opened> {
  return { label: 'opening', slot: 'open', run: async () => ({ session: await openOther(session, path) }) };
}

/** Snapshots that are looked into: those written last. */
const MOST = 200;

/** Lists the snapshots of a directory, without one of that beside the browsed one; then opens one after the other to tell what they hold. */
export function findSnapshots(inDirectory: string | undefined, { session }: ScreenContext): Effect<Listed> {
  return {
    label: 'looking for snapshots',
    async run(signal, report) {
      const { directory: own } = session.savepoint.location;
      const absolute = inDirectory ?? parentOf(own);
      const breathe = breather(signal);
      const { complete, incomplete } = await listSnapshots(session.fs, absolute, breathe);
      const rows = complete.map((found) => rowOf(found, absolute, session));
      const directory = calledAs('', absolute, own, session.path).replace(/(?<=.)\/$/, '') || '.';
      report({ directory, rows: [...rows], incomplete, done: false });
      for (const [i, row] of rows.slice(0, MOST).entries()) {
        rows[i] = await opened(row, session);
        signal.throwIfAborted();
        if (i % 20 === 19) report({ directory, rows: [...rows], incomplete, done: false });
        await breathe();
      }
      return { directory, rows, incomplete, done: true };
    },
  };
}

function rowOf(
  { name, directory, modifiedMillis }: FoundSnapshot,
  parent: string,
  { path, savepoint }: Session,
): SnapshotRow {
  const own = savepoint.location.directory;
  return {
    name,
    path: calledAs(name, parent, own, path),
    modifiedMillis,
    browsed: directory === own,
    about: undefined,
    problem: undefined,
  };
}

async function opened(row: SnapshotRow, session: Session): Promise<SnapshotRow> {
  try {
    const other = row.browsed ? session : await openOther(session, row.path);
    const { checkpointId, type, format, states, stateBytes } = other.overview.snapshot;
    const kind = `${format ?? ''} ${type ?? ''}`.trim();
    return { ...row, about: { id: String(checkpointId), kind, states: String(states), stateBytes } };
  } catch (error) {
    return { ...row, problem: escapeText((error as Error).message.split('\n')[0] ?? '') };
  }
}

/** A snapshot of the directory as the browsed one is called: relative where that is relative. */
function calledAs(name: string, directory: string, own: string, path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  const rest = own.slice(directory.length + 1);
  if (absolutePath(trimmed) !== own || !trimmed.endsWith(rest)) return `${directory}/${name}`;
  return trimmed.slice(0, trimmed.length - rest.length) + name;
}

function parentOf(directory: string): string {
  return directory.slice(0, Math.max(1, directory.lastIndexOf('/')));
}
