import { escapeText } from '@statewright/report';
import { absolutePath } from '@statewright/savepoint';
import { breather } from '../../data/breather.js';
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
  readonly directory: string;
  readonly rows: readonly SnapshotRow[];
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

/** Lists the snapshots beside the one that is browsed; then opens one after the other to tell what they hold. */
export function findSnapshots({ session }: ScreenContext): Effect<Listed> {
  return {
    label: 'looking for snapshots',
    async run(signal, report) {
      const { directory: own } = session.savepoint.location;
      const directory = parentOf(own);
      const breathe = breather(signal);
      const rows = await snapshotsIn(directory, own, session, breathe);
      report({ directory, rows: [...rows], done: false });
      for (const [i, row] of rows.slice(0, MOST).entries()) {
        rows[i] = await opened(row, session);
        signal.throwIfAborted();
        if (i % 20 === 19) report({ directory, rows: [...rows], done: false });
        await breathe();
      }
      return { directory, rows, done: true };
    },
  };
}

async function snapshotsIn(
  directory: string,
  own: string,
  { fs, path }: Session,
  breathe: () => Promise<void>,
): Promise<SnapshotRow[]> {
  const rows: SnapshotRow[] = [];
  for (const name of await fs.list(directory)) {
    const absolute = `${directory}/${name}`;
    const stat = await fs.stat(`${absolute}/_metadata`).catch(() => undefined);
    await breathe();
    if (stat?.kind !== 'file') continue;
    const { modifiedMillis } = stat;
    const none = { about: undefined, problem: undefined };
    rows.push({
      name,
      path: siblingOf(path, own, absolute),
      modifiedMillis,
      browsed: absolute === own,
      ...none,
    });
  }
  return rows.sort((a, b) => b.modifiedMillis - a.modifiedMillis || (a.name < b.name ? -1 : 1));
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

/** A sibling as the browsed snapshot is called: relative where that is relative. */
function siblingOf(path: string, own: string, sibling: string): string {
  const trimmed = path.replace(/\/+$/, '');
  const last = own.slice(own.lastIndexOf('/') + 1);
  if (absolutePath(trimmed) !== own || !trimmed.endsWith(last)) return sibling;
  return trimmed.slice(0, trimmed.length - last.length) + sibling.slice(sibling.lastIndexOf('/') + 1);
}

function parentOf(directory: string): string {
  return directory.slice(0, Math.max(1, directory.lastIndexOf('/')));
}
