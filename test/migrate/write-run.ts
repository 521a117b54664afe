import { resolve } from 'node:path';
import { type FileStat, type FileSystem, type FileWriter, StatewrightError } from '@statewright/bytes';
import {
  type EntryChange,
  type PlannedJob,
  type ResolvedPlan,
  readPlan,
  resolvePlan,
  type StateTally,
  type TaskOutput,
  type TaskResult,
  type WriteSettings,
} from '@statewright/migrate';
import { openSavepoint, readEntries, type Savepoint } from '@statewright/savepoint';
import { toJson } from '@statewright/serializers';
import { FIXTURES } from '../savepoint/corpus.js';
import { SURROUNDINGS } from './in-memory.js';

/* Runs the tasks of the writer one by one, into memory: no journal, no threads, and changes that no step makes. */

const internals = new URL('../../../packages/migrate/dist/run/write/index.js', import.meta.url).href;
const { writeTasks, runTask, assembleMetadata } = (await import(
  internals
)) as typeof import('../../packages/migrate/src/run/write/index.js');

/** Files in memory over those of another file system. */
export class WrittenFiles implements FileSystem {
  readonly files = new Map<string, Uint8Array>();
  /** Bytes of the largest range that was read. */
  largestRead = 0;

  async stat(path: string): Promise<FileStat | undefined> {
    const bytes = this.files.get(path);
    if (bytes !== undefined) return { size: bytes.length, kind: 'file', modifiedMillis: 0 };
    const below = [...this.files.keys()].some((name) => name.startsWith(`${path}/`));
    return below ? { size: 0, kind: 'directory', modifiedMillis: 0 } : undefined;
  }

  async list(path: string): Promise<readonly string[]> {
    const names = [...this.files.keys()].filter((name) => name.startsWith(`${path}/`));
    return names.map((name) => name.slice(path.length + 1)).sort();
  }

  async readRange(path: string, start: number, end: number): Promise<Uint8Array> {
    const bytes = this.files.get(path);
    if (bytes === undefined || end > bytes.length) {
      const reason = `bytes up to ${end} of ${path} are not there`;
      throw new StatewrightError('TRUNCATED', { kind: 'file', reason });
    }
    this.largestRead = Math.max(this.largestRead, end - start);
    return bytes.slice(start, end);
  }

  async createWrite(path: string): Promise<FileWriter> {
    const pieces: Uint8Array[] = [];
    return {
      write: async (bytes) => {
        pieces.push(bytes.slice());
      },
      commit: async () => {
        if (this.files.has(path)) throw new Error(`${path} is written twice`);
        this.files.set(path, new Uint8Array(Buffer.concat(pieces)));
      },
      abort: async () => {},
    };
  }

  async delete(path: string): Promise<void> {
    this.files.delete(path);
  }
}

/** A result, in the directory `/out` of its file system. */
export interface Written {
  readonly fs: WrittenFiles;
  readonly savepoint: Savepoint;
  readonly tallies: readonly StateTally[];
}

/** What a test changes beside its plan. */
export interface WriteOptions {
  readonly steps?: string;
  readonly tweak?: (job: PlannedJob) => PlannedJob;
  readonly writing?: Partial<WriteSettings>;
  readonly sortBytes?: number;
  readonly samples?: number;
}

/** Opens a committed snapshot. */
export function openFixture(name: string): Promise<Savepoint> {
  return openSavepoint(resolve(FIXTURES, name), { relocate: true });
}

/** Writes what a plan makes of a snapshot. */
export async function write(source: Savepoint, options: WriteOptions = {}): Promise<Written> {
  const { steps = '  []', tweak = (job) => job, writing } = options;
  const plan = await readPlan('plan.yaml', `version: 1\nsteps:\n${steps}`);
  const put = await resolvePlan(source, plan, SURROUNDINGS, {
    writing: { flinkVersion: undefined, dropInFlight: false, ...writing },
  });
  const resolved: ResolvedPlan = { ...put, job: tweak(put.job) };
  const fs = new WrittenFiles();
  const results = new Map<number, TaskResult>();
  const output: TaskOutput = {
    create: (name) => fs.createWrite(`/out/${name}`),
    createScratch: (name) => fs.createWrite(`/scratch/${name}`),
    scratch: { fs, directory: '/scratch' },
    progress: () => {},
    samples: options.samples ?? 0,
    sortBytes: options.sortBytes ?? 1024 * 1024,
  };
  for (const task of writeTasks(resolved)) {
    results.set(task.id, await runTask(resolved, task, results, output));
  }
  fs.files.set('/out/_metadata', await assembleMetadata(resolved, results));
  const savepoint = await openSavepoint('/out', { fs, snapshots: source.formats });
  return { fs, savepoint, tallies: [...results.values()].flatMap(({ tallies }) => tallies) };
}

/** The job with these changes on every feed of its states. */
export function changing(job: PlannedJob, ...changes: EntryChange[]): PlannedJob {
  const operators = job.operators.map((operator) => ({
    ...operator,
    states: operator.states.map((state) => ({
      ...state,
      feeds: state.feeds.map((feed) => (feed.type === 'state' ? { ...feed, changes } : feed)),
    })),
  }));
  return { ...job, operators };
}

/** The job with other numbers of subtasks and key groups. */
export function regrouped(job: PlannedJob, maxParallelism: number, parallelism: number): PlannedJob {
  return {
    ...job,
    operators: job.operators.map((operator) => ({ ...operator, maxParallelism, parallelism })),
  };
}

/**
 * All entries as sorted text: keyed ones without their key group (which is looked at), those of operator state element by
 * element, once each, since the copies of broadcast state are as many as subtasks.
 */
export async function contents(savepoint: Savepoint): Promise<string[]> {
  const texts: string[] = [];
  const states = savepoint.operators.flatMap((operator) => operator.states);
  for await (const batch of readEntries(savepoint, states, { verifyKeyGroups: true })) {
    for (const { state, keyGroup, key, namespace, value, ttl } of batch) {
      const name = `${state.operator.id} ${state.kind} ${state.name}`;
      if (keyGroup === undefined && Array.isArray(value)) {
        texts.push(...value.map((each) => `${name} ${toJson(each)}`));
      } else {
        texts.push(`${name} ${[key, namespace, value, ttl ?? null].map(toJson).join(' ')}`);
      }
    }
  }
  return savepoint.operators.some(({ states: own }) => own.some(({ kind }) => kind === 'broadcast'))
    ? [...new Set(texts)].sort()
    : texts.sort();
}

/** The bytes of every stream, by operator and subtask. */
export async function streamsOf(savepoint: Savepoint): Promise<ReadonlyMap<string, Uint8Array>> {
  const streams = new Map<string, Uint8Array>();
  for (const operator of savepoint.operators) {
    for (const stream of operator.streams) {
      const { ref } = stream;
      if (ref.kind === 'empty') continue;
      const [path, start] =
        ref.kind === 'file' ? [ref.path, ref.start] : [savepoint.location.metadataPath, ref.span.start];
      const bytes = await savepoint.fs.readRange(path, start, start + ref.size);
      streams.set(`${operator.id} ${stream.subtask} ${stream.format}`, bytes);
    }
  }
  return streams;
}
