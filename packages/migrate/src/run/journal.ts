import { type FileSystem, StatewrightError } from '@statewright/bytes';
import { crcOfRange } from './input-digest.js';
import { removeDirectory } from './outputs.js';
import type { TaskResult, WriteTask, WrittenFile } from './write-task.js';

/** Beside the state files of an output that is not whole: what a killed run goes on from. */
export const JOURNAL_DIRECTORY = '.statewright';
const HEAD = 'journal.json';
const DONE = /^done-(\d+)\.json$/;
const SCRATCH = 'scratch';
/** The file without which nothing of an output can be loaded; it is written last. */
export const METADATA = '_metadata';
/** Results are kept once they stand for so many bytes. */
const KEEP_BYTES = 64 << 20;

/** What an output is made from; a run goes on only where all of it is the same. */
export interface JournalHead {
  readonly journalVersion: 1;
  /** Release of the toolkit: another one may write other bytes. */
  readonly tool: string | null;
  readonly planDigest: string;
  /** See `inputIdentity`. */
  readonly input: string;
  readonly flinkVersion: string | null;
  readonly dropInFlight: boolean;
  /** Digits: what the first run took for now. */
  readonly nowMillis: string;
  readonly tasks: number;
}

/** The journal of one output. */
export class Journal {
  private unkept: TaskResult[] = [];
  private unkeptBytes = 0;
  private keeping: Promise<void> = Promise.resolve();

  private constructor(
    private readonly fs: FileSystem,
    private readonly directory: string,
    private next: number,
    /** Results of an earlier run, whose files are all there. */
    readonly done: ReadonlyMap<number, TaskResult>,
  ) {}

  /** Where tasks keep scratch files. */
  get scratch(): string {
    return `${this.directory}/${SCRATCH}`;
  }

  /** Begins an output: its first file. */
  static async begin(fs: FileSystem, output: string, head: JournalHead): Promise<Journal> {
    const directory = `${output}/${JOURNAL_DIRECTORY}`;
    await writeText(fs, `${directory}/${HEAD}`, `${JSON.stringify(head, null, 2)}\n`);
    return new Journal(fs, directory, 0, new Map());
  }

  /**
   * Goes on with an output: keeps the results whose files are there with the right size and checksum, and removes every other
   * file of the output. A metadata file stays only where all the rest is there.
   */
  static async resume(fs: FileSystem, output: string, tasks: readonly WriteTask[]): Promise<Journal> {
    const directory = `${output}/${JOURNAL_DIRECTORY}`;
    const { results, next } = await keptResults(fs, directory);
    const done = new Map<number, TaskResult>();
    const keep = new Set<string>();
    for (const result of results) {
      const below = tasks[result.id]?.kind === 'spill' ? `${directory}/${SCRATCH}` : output;
      const files = result.files.map((file) => ({ ...file, path: `${below}/${file.name}` }));
      const there = await Promise.all(files.map((file) => isThere(fs, file)));
      if (there.includes(false)) continue;
      done.set(result.id, result);
      for (const { path } of files) keep.add(path);
    }
    const metadata = `${output}/${METADATA}`;
    if (done.size === tasks.length) keep.add(metadata);
    else if ((await fs.stat(metadata)) !== undefined) await fs.delete(metadata);
    await removeOthers(fs, output, keep);
    await removeOthers(fs, `${directory}/${SCRATCH}`, keep);
    return new Journal(fs, directory, next, done);
  }

  /** Notes a result; it is on the disk once results of enough bytes have come together, or after `flush`. */
  async note(result: TaskResult, bytes: number): Promise<void> {
    this.unkept.push(result);
    this.unkeptBytes += bytes;
    if (this.unkeptBytes >= KEEP_BYTES) await this.flush();
  }

  /** Writes down what was noted. */
  async flush(): Promise<void> {
    if (this.unkept.length > 0) {
      const results = this.unkept;
      const path = `${this.directory}/done-${this.next++}.json`;
      this.unkept = [];
      this.unkeptBytes = 0;
      this.keeping = this.keeping.then(() => writeText(this.fs, path, `${JSON.stringify(results)}\n`));
    }
    await this.keeping;
  }

  /** Removes it: the output is whole. Its head goes last, so that a run that is killed meanwhile is known by it. */
  async remove(): Promise<void> {
    const { fs, directory } = this;
    await removeDirectory(fs, this.scratch);
    for (const name of await fs.list(directory)) if (name !== HEAD) await fs.delete(`${directory}/${name}`);
    await removeDirectory(fs, directory);
  }
}

/** The head of the journal in an output; undefined when there is none, or nothing but the beginning of one. */
export async function readJournalHead(fs: FileSystem, output: string): Promise<JournalHead | undefined> {
  const path = `${output}/${JOURNAL_DIRECTORY}/${HEAD}`;
  const stat = await fs.stat(path);
  if (stat?.kind !== 'file') return undefined;
  return (await readJson(fs, path, stat.size)) as JournalHead;
}

/** Whether an output holds nothing but a journal that was never begun. */
export async function isUnbegun(fs: FileSystem, output: string): Promise<boolean> {
  const names = await fs.list(output);
  if (names.length === 0) return false;
  if (names.some((name) => name !== JOURNAL_DIRECTORY)) return false;
  const inside = await fs.list(`${output}/${JOURNAL_DIRECTORY}`);
  return inside.every((name) => name.startsWith(`.${HEAD}.`));
}

async function isThere(
  fs: FileSystem,
  { path, bytes, crc32c }: WrittenFile & { readonly path: string },
): Promise<boolean> {
  if ((await fs.stat(path))?.size !== bytes) return false;
  return (await crcOfRange(fs, { path, start: 0, size: bytes })) === crc32c;
}

async function keptResults(
  fs: FileSystem,
  directory: string,
): Promise<{ readonly results: readonly TaskResult[]; readonly next: number }> {
  const results: TaskResult[] = [];
  let next = 0;
  for (const name of await fs.list(directory)) {
    const number = DONE.exec(name)?.[1];
    if (number === undefined) continue;
    next = Math.max(next, Number(number) + 1);
    const path = `${directory}/${name}`;
    results.push(...((await readJson(fs, path, (await fs.stat(path))!.size)) as readonly TaskResult[]));
  }
  return { results, next };
}

async function readJson(fs: FileSystem, path: string, size: number): Promise<unknown> {
  const text = new TextDecoder().decode(await fs.readRange(path, 0, size));
  try {
    return JSON.parse(text);
  } catch (cause) {
    const span = { file: path, start: 0, end: size };
    const next = 'remove the output directory and run it again';
    throw new StatewrightError('BAD_VALUE', { span, kind: 'journal', reason: 'it is no JSON', next, cause });
  }
}

async function removeOthers(fs: FileSystem, directory: string, keep: ReadonlySet<string>): Promise<void> {
  if ((await fs.stat(directory)) === undefined) return;
  for (const name of await fs.list(directory)) {
    const path = `${directory}/${name}`;
    if (!keep.has(path) && (await fs.stat(path))?.kind === 'file') await fs.delete(path);
  }
}

/** Writes a new file and gives it its name once all of it is on the disk. */
export async function writeText(fs: FileSystem, path: string, text: string): Promise<void> {
  await writeBytes(fs, path, new TextEncoder().encode(text));
}

/** As `writeText`, of bytes. */
export async function writeBytes(fs: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const writer = await fs.createWrite(path);
  try {
    await writer.write(bytes);
    await writer.commit();
  } catch (error) {
    await writer.abort().catch(() => {});
    throw error;
  }
}
