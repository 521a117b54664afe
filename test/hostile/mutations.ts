import { DataInputView, type Span } from '@statewright/bytes';
import { accountBytes, openSavepoint, readMetadata } from '@statewright/savepoint';
import { type Answer, answerOf, type Complete, type EntryLine } from './answer.js';
import { Counter, type Tally } from './counter.js';
import { everyCommand } from './every-command.js';
import { beginCase, type Progress } from './guard.js';
import { MemoryFileSystem } from './memory-file-system.js';
import { Random } from './random.js';
import { fixture, official, ROOT, type Sample, slice, withFile } from './samples.js';

export interface SampleName {
  readonly from: 'fixtures' | 'official';
  readonly name: string;
  /** Only the first subtask of the operator with this uid. */
  readonly uid?: string;
}

function load({ from, name, uid }: SampleName): Sample {
  const whole = from === 'fixtures' ? fixture(name) : official(name);
  return uid === undefined ? whole : slice(whole, uid);
}

async function untouched(sample: Sample): Promise<Complete> {
  const answer = await answerOf(new MemoryFileSystem(sample.files));
  if (answer.kind === 'error') throw new Error(`${sample.name} cannot be read: ${answer.message}`);
  return answer;
}

/** A sample with what is true of it before anything is changed. */
class Subject {
  private constructor(
    readonly sample: Sample,
    private readonly original: Complete,
    private readonly inline: readonly Span[],
    private readonly progress: Progress,
    readonly counter = new Counter(),
  ) {}

  static async of(name: SampleName, progress: Progress): Promise<Subject> {
    const sample = load(name);
    return new Subject(sample, await untouched(sample), inlineSpans(sample), progress);
  }

  /** Paths of the files that hold anything. */
  get paths(): string[] {
    const { files } = this.sample;
    return [...files.keys()].filter((path) => files.get(path)!.length > 0);
  }

  /** Reads the sample with other bytes in one file; `at` is where they differ first. */
  async read(path: string, bytes: Uint8Array, at: number, what: string): Promise<Answer> {
    const label = `${this.sample.name} ${path.slice(ROOT.length + 1)} byte ${at} ${what}`;
    beginCase(this.progress, label);
    const answer = await answerOf(new MemoryFileSystem(withFile(this.sample, path, bytes)));
    this.counter.add(endOf(answer, this.original));
    const inMetadata = path === METADATA && !this.inline.some(({ start, end }) => at >= start && at < end);
    const complaint = suspicious(answer, this.original, inMetadata);
    if (complaint !== undefined) this.counter.wrong.push(`${label}: ${complaint}`);
    return answer;
  }

  complain(path: string, at: number, what: string): void {
    this.counter.wrong.push(`${this.sample.name} ${path.slice(ROOT.length + 1)} byte ${at} ${what}`);
  }
}

/** Flips random bits, one a run, in random files of a sample. */
export async function flips(
  { sample, count, seed }: { sample: SampleName; count: number; seed: number },
  progress: Progress,
): Promise<Tally> {
  const subject = await Subject.of(sample, progress);
  const random = new Random(seed);
  for (let i = 0; i < count; i++) {
    const path = random.pick(subject.paths);
    const bytes = subject.sample.files.get(path)!.slice();
    const at = random.below(bytes.length);
    const bit = random.below(8);
    bytes[at]! ^= 1 << bit;
    await subject.read(path, bytes, at, `bit ${bit} flipped, seed ${seed}`);
  }
  return subject.counter.tally;
}

/** As `flips`, and does with each snapshot what every command does. */
export async function flipsForEveryCommand(
  { sample, count, seed }: { sample: SampleName; count: number; seed: number },
  progress: Progress,
): Promise<Tally> {
  const { files, name } = load(sample);
  const counter = new Counter();
  const random = new Random(seed);
  const paths = [...files.keys()];
  for (let i = 0; i < count; i++) {
    const path = random.pick(paths);
    const bytes = files.get(path)!.slice();
    const [at, bit] = [random.below(bytes.length), random.below(8)];
    bytes[at]! ^= 1 << bit;
    beginCase(progress, `${name} ${path.slice(ROOT.length + 1)} byte ${at} bit ${bit} flipped, seed ${seed}`);
    counter.add(await everyCommand(new MemoryFileSystem(withFile({ files, name }, path, bytes))));
  }
  return counter.tally;
}

/** Cuts every file of a sample at every byte. A shorter file is never a complete snapshot. */
export async function truncations({ sample }: { sample: SampleName }, progress: Progress): Promise<Tally> {
  const subject = await Subject.of(sample, progress);
  for (const path of subject.paths) {
    const bytes = subject.sample.files.get(path)!;
    for (let length = 0; length < bytes.length; length++) {
      const answer = await subject.read(path, bytes.subarray(0, length), length, 'cut');
      if (answer.kind === 'complete') subject.complain(path, length, 'cut: no error');
    }
  }
  return subject.counter.tally;
}

/** Puts bytes behind the end of every file of a sample. Either reading or accounting for all bytes must tell. */
export async function additions({ sample }: { sample: SampleName }, progress: Progress): Promise<Tally> {
  const subject = await Subject.of(sample, progress);
  for (const path of subject.paths) {
    const original = subject.sample.files.get(path)!;
    for (const tail of [[0], [0xff], [0, 0, 0, 0, 0, 0, 0, 0], [...original.subarray(-100)]]) {
      const bytes = new Uint8Array([...original, ...tail]);
      const answer = await subject.read(path, bytes, original.length, `followed by ${tail.length} bytes`);
      if (answer.kind === 'error') continue;
      const fs = new MemoryFileSystem(withFile(subject.sample, path, bytes));
      if ((await bytesNotAccountedFor(fs)) === 0) {
        subject.complain(path, original.length, `followed by ${tail.length} bytes: nobody tells`);
      }
    }
  }
  return subject.counter.tally;
}

async function bytesNotAccountedFor(fs: MemoryFileSystem): Promise<number> {
  let findings = 0;
  for await (const account of accountBytes(await openSavepoint(ROOT, { fs, relocate: true }))) {
    findings += account.findings.length;
  }
  return findings;
}

/** Numbers that break who trusts them, as bytes: -1, the least and the greatest int, the greatest long, 2 GB as a long. */
const BAD_NUMBERS = ['ffffffff', '80000000', '7fffffff', '7fffffffffffffff', '0000000080000000'].map(
  (hex) => new Uint8Array(Buffer.from(hex, 'hex')),
);

/** Writes each of the bad numbers over every place of every file of a sample. */
export async function badNumbers({ sample }: { sample: SampleName }, progress: Progress): Promise<Tally> {
  const subject = await Subject.of(sample, progress);
  for (const path of subject.paths) {
    const original = subject.sample.files.get(path)!;
    for (const number of BAD_NUMBERS) {
      for (let at = 0; at + number.length <= original.length; at++) {
        const bytes = original.slice();
        bytes.set(number, at);
        await subject.read(path, bytes, at, `set to ${Buffer.from(number).toString('hex')}`);
      }
    }
  }
  return subject.counter.tally;
}

const METADATA = `${ROOT}/_metadata`;

/** Where state lies in the metadata file itself. */
function inlineSpans({ files }: Sample): Span[] {
  const spans: Span[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { type, data } = value as { type?: unknown; data?: Span };
    if (type === 'byte-stream' && data !== undefined) spans.push(data);
    for (const each of Object.values(value)) visit(each);
  };
  visit(readMetadata(new DataInputView(files.get(METADATA)!)));
  return spans;
}

function endOf(answer: Answer, original: Complete): string {
  if (answer.kind === 'error') return answer.code;
  if (answer.views === original.views && changes(answer, original) === 0) return 'same';
  if (tells(answer, original)) return 'told';
  return changes(answer, original) === 0 ? 'other view' : 'other entry';
}

/** Why a complete answer that differs cannot be right; undefined when it may be. */
function suspicious(answer: Answer, original: Complete, metadata: boolean): string | undefined {
  if (answer.kind === 'error' || tells(answer, original)) return undefined;
  const [parts, expected] = [sum(answer.entries), sum(original.entries)];
  if (parts !== expected) return `${parts} entries instead of ${expected}`;
  if (!metadata) return undefined;
  const changed = changedLines(answer.entries, original.entries);
  return changed.length === 0 ? undefined : `entries changed: ${changed[0]}`;
}

/** Whether the answer itself says of something that it could not be understood. */
function tells(answer: Complete, original: Complete): boolean {
  const isNew = answer.problems.some((problem) => !original.problems.includes(problem));
  if (isNew) return true;
  const known = opaqueReasons(original);
  return [...opaqueReasons(answer)].some((why) => !known.has(why));
}

function opaqueReasons({ entries }: Complete): Set<string> {
  return new Set(entries.flatMap(({ text }) => text.match(/"why":"(\\.|[^"\\])*"/g) ?? []));
}

function sum(entries: readonly EntryLine[]): number {
  return entries.reduce((total, { parts }) => total + parts, 0);
}

function changes(a: Complete, b: Complete): number {
  return changedLines(a.entries, b.entries).length + Math.abs(a.entries.length - b.entries.length);
}

function changedLines(a: readonly EntryLine[], b: readonly EntryLine[]): string[] {
  const known = new Set(b.map(({ text }) => text));
  return a.filter(({ text }) => !known.has(text)).map(({ text }) => text);
}
