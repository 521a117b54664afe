import type { FileSystem } from '@statewright/bytes';

/** A snapshot in a directory: where its `_metadata` is, and when that was written. */
export interface FoundSnapshot {
  /** Within the directory: `chk-7`, or `<job id>/chk-7`. */
  readonly name: string;
  /** Absolute. */
  readonly directory: string;
  /** Of its metadata file, milliseconds since the epoch. */
  readonly modifiedMillis: number;
}

/** The snapshots of a directory. */
export interface FoundSnapshots {
  /** The newest first. */
  readonly complete: readonly FoundSnapshot[];
  /** Names like those of snapshots, without a `_metadata`: being written, or left behind. */
  readonly incomplete: readonly string[];
}

const METADATA = '_metadata';
/** What Flink calls the directory of a checkpoint, and of a savepoint. */
const SNAPSHOT_NAME = /^(chk-\d+|savepoint-.*)$/;
const CHECKPOINT = /^chk-(\d+)$/;
/** What Flink calls the directory of a job's checkpoints. */
const JOB_ID = /^[0-9a-f]{32}$/;

/** The snapshots of an absolute directory, and of the directories of jobs in it; `pause` is waited for after each name. */
export async function listSnapshots(
  fs: FileSystem,
  directory: string,
  pause: () => Promise<void> = async () => {},
): Promise<FoundSnapshots> {
  const complete: FoundSnapshot[] = [];
  const incomplete: string[] = [];
  const look = async (prefix: string): Promise<void> => {
    for (const own of await fs.list(`${directory}/${prefix}`)) {
      const name = prefix + own;
      const stat = await fs.stat(`${directory}/${name}/${METADATA}`).catch(() => undefined);
      await pause();
      if (stat?.kind === 'file') {
        complete.push({ name, directory: `${directory}/${name}`, modifiedMillis: stat.modifiedMillis });
      } else if (SNAPSHOT_NAME.test(own)) incomplete.push(name);
      else if (prefix === '' && JOB_ID.test(own)) await look(`${own}/`).catch(() => undefined);
    }
  };
  await look('');
  return { complete: newestFirst(complete), incomplete };
}

/** Within one job the numbers of checkpoints count, as for Flink: a copy of a directory may have lost the times. */
function newestFirst(found: readonly FoundSnapshot[]): readonly FoundSnapshot[] {
  const byNumber = found.every(({ name }) => CHECKPOINT.test(name));
  const number = ({ name }: FoundSnapshot): number => Number(CHECKPOINT.exec(name)?.[1] ?? 0);
  return [...found].sort((a, b) =>
    byNumber ? number(b) - number(a) : b.modifiedMillis - a.modifiedMillis || (a.name < b.name ? -1 : 1),
  );
}
