import { DataInputView, DataOutputView } from '@statewright/bytes';
import {
  type Codec,
  compileCodec,
  describeSerializer,
  readSerializerSnapshot,
  type SerializerSnapshot,
  toJson,
  toTypedJson,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import { typed } from './answer.js';
import { Counter, type Tally } from './counter.js';
import { beginCase, type Progress } from './guard.js';
import { Random } from './random.js';
import { type SerializerSample, serializerSamples } from './samples.js';

/** A serializer and its values as they were read. */
interface Reading {
  readonly snapshot: SerializerSnapshot;
  readonly codec: Codec;
  readonly values: readonly unknown[];
  readonly json: string;
}

/** Reads a serializer snapshot and so many values behind it, to their last byte, and describes both. */
function readAll(snapshotBytes: Uint8Array, data: Uint8Array, count = Number.POSITIVE_INFINITY): Reading {
  const input = new DataInputView(snapshotBytes, 'snapshot');
  const snapshot = readSerializerSnapshot(input);
  input.expectEnd('serializer snapshot');
  const type = JSON.stringify(describeSerializer(snapshot));
  const codec = compileCodec(snapshot);
  const values: unknown[] = [];
  const view = new DataInputView(data, 'data');
  const ends: number[] = [];
  do {
    values.push(codec.read(view));
    ends.push(view.pos);
  } while (values.length < count && (view.pos < view.limit || Number.isFinite(count)));
  view.expectEnd('values');
  expectSameEnds(codec, data, ends);
  for (const value of values) JSON.parse(toTypedJson(value, snapshot));
  const texts = values.map((value) => toJson(value));
  for (const text of texts) JSON.parse(text);
  return { snapshot, codec, values, json: [type, ...texts].join('\n') };
}

/** What is skipped must be what is read. */
function expectSameEnds(codec: Codec, data: Uint8Array, ends: readonly number[]): void {
  const view = new DataInputView(data, 'data');
  for (const end of ends) {
    codec.skip(view);
    if (view.pos !== end) throw new Error(`a value ends at ${end} but is skipped to ${view.pos}`);
  }
}

function written(write: (output: DataOutputView) => void): Uint8Array {
  const output = new DataOutputView();
  write(output);
  return output.toBytes();
}

/** What belongs to a serializer of the corpus: its bytes, and what they say. */
interface Known extends SerializerSample {
  readonly json: string;
  /** How many values the data holds. */
  readonly count: number;
}

/** The serializers of the corpus that can be read; of those with the same snapshot only one. */
function knownSamples(): Known[] {
  const unique = new Map(
    serializerSamples().map((sample) => [Buffer.from(sample.snapshot).toString('latin1'), sample]),
  );
  return [...unique.values()].flatMap((sample) => {
    try {
      const { json, values } = readAll(sample.snapshot, sample.data);
      return [{ ...sample, json, count: values.length }];
    } catch (error) {
      typed(error);
      return [];
    }
  });
}

/** Flips random bits in serializer snapshots and in values. */
export async function serializerFlips(
  { count, seed }: { count: number; seed: number },
  progress: Progress,
): Promise<Tally> {
  const samples = knownSamples();
  const random = new Random(seed);
  const counter = new Counter();
  for (let i = 0; i < count; i++) {
    const sample = random.pick(samples);
    const part = random.below(2) === 0 || sample.data.length === 0 ? 'snapshot' : 'data';
    const bytes = sample[part].slice();
    const at = random.below(bytes.length);
    const bit = random.below(8);
    bytes[at]! ^= 1 << bit;
    const label = `${sample.name} ${part} byte ${at} bit ${bit}, seed ${seed}`;
    beginCase(progress, label);
    judge({ ...sample, [part]: bytes }, part, label, counter);
  }
  return counter.tally;
}

/** Cuts every snapshot and every value at every byte. */
export async function serializerCuts(_: unknown, progress: Progress): Promise<Tally> {
  const counter = new Counter();
  for (const sample of knownSamples()) {
    for (const part of ['snapshot', 'data'] as const) {
      for (let length = 0; length < sample[part].length; length++) {
        const label = `${sample.name} ${part} cut at ${length}`;
        beginCase(progress, label);
        const cut = { ...sample, [part]: sample[part].subarray(0, length) };
        const end = judge(cut, part, label, counter);
        if (end !== undefined && !end.includes('{"@opaque":')) counter.wrong.push(`${label}: no error`);
      }
    }
  }
  return counter.tally;
}

/**
 * Reads a changed sample. What it says must be written with the very bytes that it was read from: then nothing that they
 * hold was overlooked. Gives what it says; undefined for an error.
 */
function judge(
  sample: Known,
  part: 'snapshot' | 'data',
  label: string,
  counter: Counter,
): string | undefined {
  let reading: Reading;
  try {
    reading = readAll(sample.snapshot, sample.data, sample.count);
  } catch (error) {
    try {
      counter.add(typed(error).code);
    } catch {
      throw new Error(`${label}: ${(error as Error).stack}`);
    }
    return undefined;
  }
  const { codec, snapshot, values, json } = reading;
  counter.add(json === sample.json ? 'same' : 'other');
  const again = written((output) => {
    if (part === 'snapshot') writeSerializerSnapshot(output, snapshot);
    else for (const value of values) codec.write(output, value);
  });
  const complaint = json === sample.json ? undefined : difference(sample[part], again);
  if (complaint !== undefined && !isSpelling({ ...sample, [part]: again }, sample[part], part, json)) {
    counter.wrong.push(`${label}: ${complaint}`);
  }
  return json;
}

/** How bytes that were read and written differ; undefined when only a `true` that is not 1 does: for Java all are true. */
function difference(read: Uint8Array, again: Uint8Array): string | undefined {
  if (read.length !== again.length) return `${read.length} bytes were read but ${again.length} are written`;
  const at = read.findIndex((byte, i) => byte !== again[i] && !(again[i] === 1 && byte > 1));
  return at < 0 ? undefined : `byte ${at} was ${read[at]} and is written as ${again[at]}`;
}

/**
 * Whether other bytes say the same because a value may be spelt in several ways: NaN has many bit patterns; a character
 * and a big number may be given more bytes than they need; U+0000 may stand as one byte where Flink writes two. Flink
 * itself reads all of them.
 */
function isSpelling(again: Known, read: Uint8Array, part: 'snapshot' | 'data', json: string): boolean {
  const growth = again[part].length - read.length;
  if (growth === 0 && !json.includes('"NaN"')) return false;
  if (growth < 0 && part === 'snapshot') return false;
  if (growth > 0 && !json.includes('\\u0000')) return false;
  return readAll(again.snapshot, again.data, again.count).json === json;
}
