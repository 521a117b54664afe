import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DataInputView, StatewrightError } from '@statewright/bytes';
import {
  type Answer,
  type BackendName,
  flinkVersion,
  type PathNote,
  type Place,
  resolveInPlace,
  resolveSchemaCompatibility,
  type Target,
  type Verdict,
} from '@statewright/compat';
import { safeJson } from '@statewright/report';
import { readSerializerSnapshot, SNAPSHOT_FORMATS, type SnapshotFormat } from '@statewright/serializers';
import type { OptionValues } from './command.js';
import type { Context } from './context.js';
import { EXIT } from './exit-codes.js';
import { textOption, usage } from './options.js';
import { loadFormats } from './user-formats.js';

const PLACES: readonly Place[] = [
  'key',
  'namespace',
  'value',
  'user-key',
  'operator-element',
  'broadcast-key',
  'timer',
];

/** What is asked in one line. */
interface PairQuestion {
  readonly id: string;
  readonly old: string;
  readonly now: string;
  readonly place: Place;
}

/** One line of the answer; keys in this order. */
interface PairAnswer {
  readonly id: string | null;
  readonly verdict: Verdict;
  readonly restores: Answer;
  readonly readable: Answer;
  readonly paths: readonly PathAnswer[];
}

interface PathAnswer {
  readonly path: string;
  readonly verdict: Verdict;
  readonly readable: Answer;
  readonly reason: string;
}

/**
 * Answers pairs of serializer-snapshot files, a line of NDJSON each, in the order of the questions and without holding more
 * than one. Exit code 0 whatever the verdicts are; 30 when a file could not be read, 2 when a line is no question.
 */
export async function checkPairs(context: Context, file: string, options: OptionValues): Promise<number> {
  const target = targetOf(options);
  const formats = await formatsOf(textOption(options, 'snapshot'));
  let code: number = EXIT.clean;
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) {
      if (line.trim() === '') continue;
      const { answer, exit } = await answerLine(line, dirname(file), target, formats);
      if (exit !== EXIT.clean && code !== EXIT.usage) code = exit;
      await context.stdout.write(`${safeJson(JSON.stringify(answer))}\n`);
    }
  } catch (cause) {
    if (!isIo(cause)) throw cause;
    throw usage('--pairs', `the file "${file}" cannot be read (${cause.code})`);
  }
  return code;
}

function targetOf(options: OptionValues): Target {
  const version = versionOption(options, 'target') ?? { major: 2, minor: 3 };
  const backend = (textOption(options, 'backend') ?? 'hashmap') as BackendName;
  return { version, sourceVersion: versionOption(options, 'sourceVersion'), backend };
}

function versionOption(options: OptionValues, name: string) {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const version = flinkVersion(text);
  if (version !== undefined) return version;
  const flag = name === 'target' ? '--target' : '--source-version';
  throw usage(flag, `"${text}" is no known release of Flink, which are 1.8 to 1.20 and 2.0 to 2.3`);
}

async function formatsOf(module: string | undefined): Promise<readonly SnapshotFormat[]> {
  return module === undefined ? SNAPSHOT_FORMATS : [...SNAPSHOT_FORMATS, ...(await loadFormats(module))];
}

interface LineAnswer {
  readonly answer: PairAnswer;
  readonly exit: number;
}

async function answerLine(
  line: string,
  directory: string,
  target: Target,
  formats: readonly SnapshotFormat[],
): Promise<LineAnswer> {
  const question = questionOf(line);
  if (typeof question === 'string') return { answer: nobodyKnows(null, '', question), exit: EXIT.usage };
  const { id, place } = question;
  const files = await Promise.all([question.old, question.now].map((path) => read(path, directory, formats)));
  const [old, now] = files;
  for (const read of files) {
    if (read instanceof StatewrightError) {
      const isForeign = read.code === 'UNKNOWN_SNAPSHOT_CLASS';
      return { answer: nobodyKnows(id, place, read.message), exit: isForeign ? EXIT.clean : EXIT.damaged };
    }
  }
  if (old instanceof StatewrightError || now instanceof StatewrightError || !old || !now) {
    return { answer: nobodyKnows(id, place, 'nothing was read'), exit: EXIT.damaged };
  }
  const asked = resolveSchemaCompatibility(old, now, target, place);
  const placed = resolveInPlace(old, now, target, { place });
  const { notes, throws } = placed.verdict === asked.verdict && asked.throws !== undefined ? asked : placed;
  const paths = notes.map((note) => pathAnswer(place, note));
  if (throws !== undefined && !paths.some(({ reason }) => reason === throws)) {
    paths.push({ path: place, verdict: placed.verdict, readable: 'no', reason: throws });
  }
  const { restores } = placed;
  const readable = restores === 'no' ? 'no' : placed.readable;
  return { answer: { id, verdict: asked.verdict, restores, readable, paths }, exit: EXIT.clean };
}

function pathAnswer(place: Place, { path, verdict, readable, reason }: PathNote): PathAnswer {
  return { path: [place, ...path].join(' > '), verdict, readable, reason };
}

function nobodyKnows(id: string | null, path: string, reason: string): PairAnswer {
  const paths = [{ path, verdict: 'UNKNOWN', readable: 'unknown', reason }] as const;
  return { id, verdict: 'UNKNOWN', restores: 'unknown', readable: 'unknown', paths };
}

/** The question of a line, or what is wrong with the line. */
function questionOf(line: string): PairQuestion | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    return `the line is no JSON (${(cause as Error).message})`;
  }
  if (typeof value !== 'object' || value === null) return 'the line is no JSON object';
  const { id, old, new: now, place = 'value' } = value as { readonly [name: string]: unknown };
  if (typeof id !== 'string' || typeof old !== 'string' || typeof now !== 'string') {
    return '"id", "old" and "new" must be strings';
  }
  if (!PLACES.includes(place as Place)) return `"place" must be one of ${PLACES.join(', ')}`;
  return { id, old, now, place: place as Place };
}

/** The snapshot in a file; a relative path is looked for beside the questions, then in the working directory. */
async function read(path: string, directory: string, formats: readonly SnapshotFormat[]) {
  try {
    return snapshotOf(await bytesOf(path, directory), path, formats);
  } catch (cause) {
    if (cause instanceof StatewrightError) return cause;
    if (!isIo(cause)) throw cause;
    const reason = `the file "${path}" cannot be read (${cause.code})`;
    return new StatewrightError('IO_FAILED', { kind: 'serializer snapshot', reason, cause });
  }
}

async function bytesOf(path: string, directory: string): Promise<Uint8Array> {
  if (isAbsolute(path)) return readFile(path);
  try {
    return await readFile(join(directory, path));
  } catch (cause) {
    if (isIo(cause) && cause.code === 'ENOENT') return readFile(path);
    throw cause;
  }
}

/** The two bytes before a class name, which is never so long, are 0 only in the outer version of a state header. */
function snapshotOf(bytes: Uint8Array, file: string, formats: readonly SnapshotFormat[]) {
  const hasOuterVersion = bytes[0] === 0 && bytes[1] === 0;
  const whole = hasOuterVersion ? bytes : Uint8Array.from([0, 0, 0, 2, ...bytes]);
  const input = new DataInputView(whole, file, hasOuterVersion ? 0 : -4);
  const snapshot = readSerializerSnapshot(input, formats);
  input.expectEnd('serializer snapshot');
  return snapshot;
}

function isIo(cause: unknown): cause is NodeJS.ErrnoException {
  return cause instanceof Error && typeof (cause as NodeJS.ErrnoException).code === 'string';
}
