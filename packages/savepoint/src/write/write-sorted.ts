import type { FileSystem } from '@statewright/bytes';
import { DataInputView, StatewrightError } from '@statewright/bytes';
import { toJson } from '@statewright/serializers';
import { CanonicalEntries } from '../entries/canonical-entries.js';
import { CodecCache } from '../entries/codec-cache.js';
import type { StatePlan } from '../entries/state-plan.js';
import type { Savepoint } from '../model.js';
import type { CanonicalWriter } from './canonical-writer.js';
import type { NewState } from './new-state.js';
import type { RewriteCounts } from './rewrite.js';
import { RunReader } from './sorted-run.js';
import { targetPlan } from './spill-stream.js';

/** What `spillKeyed` has written, to be put together. */
export interface SortedRuns {
  readonly fs: FileSystem;
  /** In the order in which entries with one key follow each other. */
  readonly paths: readonly string[];
  /** By state id. */
  readonly states: readonly SortedState[];
}

/** A state whose entries lie in runs. */
export interface SortedState {
  readonly state: NewState;
  /** What happens to the second entry with a key; undefined where no two can have one. */
  readonly duplicates: 'fail' | 'first' | 'last' | undefined;
  /** Of what is put together or left out, less entries come out than the runs hold. */
  readonly counts: RewriteCounts;
  /** Is told of an entry whose key another one has. */
  failed(error: StatewrightError, key: unknown): void;
}

/** Puts the key groups of a range together out of runs. */
export async function writeSorted(
  { formats }: Savepoint,
  { fs, paths, states }: SortedRuns,
  writer: CanonicalWriter,
  range: { readonly start: number; readonly end: number },
): Promise<void> {
  const runs = await RunReader.openAll(fs, paths, range.start);
  const codecs = new CodecCache(formats);
  const mergers = states.map((state) => new Merger(state, targetPlan(state.state, codecs), writer));
  for (let keyGroup = range.start; keyGroup <= range.end; keyGroup++) {
    writer.beginGroup(keyGroup);
    for (const [id, merger] of mergers.entries()) {
      for (const run of runs) {
        const block = await run.take(keyGroup, id);
        if (block === undefined) continue;
        await run.frames(block, async ({ bytes, last }) => {
          if (states[id]!.duplicates !== undefined) merger.add(bytes);
          else writer.writeFrames(id, bytes, 0, bytes.length, last);
          if (writer.isFull) await writer.flush();
        });
      }
      merger.write(id, keyGroup);
      if (writer.isFull) await writer.flush();
    }
    writer.endGroup();
  }
}

/** A frame in memory; positions are indexes in `bytes`. */
interface Frame {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** First byte behind the key-group prefix. */
  readonly key: number;
  readonly keyEnd: number;
  readonly valueEnd: number;
}

const DELIMITER = 0x2c;

/** Puts the frames of one state in one key group in the order of their keys, and those with one key together. */
class Merger {
  private frames: Frame[] = [];

  constructor(
    private readonly sorted: SortedState,
    private readonly plan: StatePlan,
    private readonly writer: CanonicalWriter,
  ) {}

  add(block: Uint8Array): void {
    const bytes = block.slice();
    const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let start = 0; start < bytes.length; ) {
      const keyEnd = start + 4 + data.getInt32(start);
      const valueEnd = keyEnd + 4 + data.getInt32(keyEnd);
      this.frames.push({ bytes, start, key: start + 4 + this.writer.prefixBytes, keyEnd, valueEnd });
      start = valueEnd;
    }
  }

  write(stateId: number, keyGroup: number): void {
    const { frames } = this;
    this.frames = [];
    // Sorting keeps the order of those with one key.
    frames.sort((a, b) => compareKeys(a, b));
    for (let i = 0; i < frames.length; ) {
      let next = i + 1;
      while (next < frames.length && compareKeys(frames[i]!, frames[next]!) === 0) next++;
      if (next === i + 1) this.give(stateId, frames[i]!);
      else this.together(stateId, frames.slice(i, next), keyGroup);
      i = next;
    }
  }

  private give(stateId: number, { bytes, start, valueEnd }: Frame): void {
    this.writer.writeFrames(stateId, bytes, start, valueEnd, start);
  }

  /** Several entries with one key: lists follow each other, of others there is one. */
  private together(stateId: number, frames: readonly Frame[], keyGroup: number): void {
    const { sorted, plan } = this;
    const { counts, duplicates } = sorted;
    counts.entriesOut -= frames.length - 1;
    if (plan.shape === 'list') {
      this.join(stateId, frames);
      return;
    }
    const chosen = duplicates === 'last' ? frames.at(-1)! : frames[0]!;
    for (const each of frames) {
      if (each !== chosen) counts.bytesOut -= each.keyEnd - each.key + (each.valueEnd - each.keyEnd - 4);
    }
    this.give(stateId, chosen);
    // Two timers with one key, namespace and time are one timer.
    if (duplicates !== 'fail' || plan.shape === 'timer') return;
    for (const each of frames.slice(1)) this.fail(each, keyGroup);
  }

  private join(stateId: number, frames: readonly Frame[]): void {
    const { writer, sorted } = this;
    const { body } = writer;
    const [first] = frames;
    writer.beginFrame(stateId);
    body.writeRange(first!.bytes, first!.start, first!.keyEnd);
    const lengthAt = body.length;
    body.writeInt(0);
    for (const [i, { bytes, keyEnd, valueEnd }] of frames.entries()) {
      if (i > 0) body.writeByte(DELIMITER);
      body.writeRange(bytes, keyEnd + 4, valueEnd);
    }
    body.putInt(lengthAt, body.length - lengthAt - 4);
    writer.endFrame();
    sorted.counts.bytesOut -= (frames.length - 1) * (first!.keyEnd - first!.key - 1);
  }

  private fail({ bytes, start, key, keyEnd, valueEnd }: Frame, keyGroup: number): void {
    const entries = new CanonicalEntries(0, 'the result', Number.MAX_SAFE_INTEGER);
    entries.keyGroup = keyGroup;
    entries.add(this.plan, new DataInputView(bytes), { start, key, keyEnd, value: keyEnd + 4, valueEnd });
    entries.flush();
    const entry = entries.out[0];
    const name = JSON.stringify(this.sorted.state.name);
    const text = toJson(entry?.key ?? null).slice(0, 200);
    const reason = `two entries of state ${name} have the key ${text}`;
    const next = 'say what happens to duplicates';
    this.sorted.failed(new StatewrightError('BAD_VALUE', { kind: 'state entry', reason, next }), entry?.key);
  }
}

function compareKeys(a: Frame, b: Frame): number {
  return Buffer.compare(a.bytes.subarray(a.key, a.keyEnd), b.bytes.subarray(b.key, b.keyEnd));
}
