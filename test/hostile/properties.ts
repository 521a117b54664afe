import {
  DataInputView,
  decodeModifiedUtf8,
  describeJavaObject,
  readSnappyBlock,
  readSnappyChunk,
  StatewrightError,
} from '@statewright/bytes';
import { readMetadata } from '@statewright/savepoint';
import {
  compileCodec,
  describeSerializer,
  readSerializerSnapshot,
  toJson,
  toTypedJson,
} from '@statewright/serializers';
import fc from 'fast-check';
import { answerOf } from './answer.js';
import { everyCommand } from './every-command.js';
import { beginCase, type Progress } from './guard.js';
import { MemoryFileSystem } from './memory-file-system.js';
import { keyedSavepoint, operatorSavepoint, SERIALIZER } from './random-savepoints.js';
import {
  fixture,
  ROOT,
  type Sample,
  type SerializerSample,
  serializerSamples,
  slice,
  withFile,
} from './samples.js';
import { outer, plain } from './snapshot-bytes.js';

/*
 * What must hold for any input at all: a typed error or a value, and a value that can be written down.
 */

/** Runs a reader; anything but a typed error is a failure of the property. */
function typedOrFine(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof StatewrightError && error.code !== 'INTERNAL') return true;
    throw error;
  }
}

function view(bytes: Uint8Array): DataInputView {
  return new DataInputView(bytes, 'random');
}

/** Everything that can be done with bytes that claim to be a serializer and its values. */
function readSerializer(snapshotBytes: Uint8Array, data: Uint8Array): void {
  const snapshot = readSerializerSnapshot(view(snapshotBytes));
  JSON.parse(JSON.stringify(describeSerializer(snapshot)));
  const codec = compileCodec(snapshot);
  codec.skip(view(data));
  const value = codec.read(view(data));
  JSON.parse(toJson(value));
  JSON.parse(toTypedJson(value, snapshot));
}

const BYTES = fc.uint8Array({ maxLength: 300, size: 'max' });

/** Random bytes behind a start that a reader takes for its own. */
function behind(start: string): fc.Arbitrary<Uint8Array> {
  const head = Buffer.from(start.replaceAll(' ', ''), 'hex');
  return BYTES.map((bytes) => new Uint8Array(Buffer.concat([head, bytes])));
}

const ONE_OPERATOR = '0000000000000001 00000000 00000001';
const METADATA_HEADS = [
  '4960672d 00000002',
  `4960672d 00000002 ${ONE_OPERATOR}`,
  `4960672d 00000003 ${ONE_OPERATOR} 00000000000000000000000000000000 00000001 00000080 00 00000001 00000000`,
  `4960672d 00000006 ${ONE_OPERATOR} 0000 0000 00000000000000000000000000000000 00000001 00000080`,
];

/** The serializers of the corpus, each snapshot once. */
function anySerializer(): fc.Arbitrary<SerializerSample> {
  const samples = serializerSamples();
  const unique = new Map(samples.map((sample) => [Buffer.from(sample.snapshot).toString('latin1'), sample]));
  return fc.constantFrom(...unique.values());
}

/** The start of one snapshot and the end of another. */
function crossed(): fc.Arbitrary<Uint8Array> {
  const any = anySerializer();
  return fc.tuple(any, any, fc.nat(), fc.nat()).map(([{ snapshot: a }, { snapshot: b }, i, j]) => {
    const [start, end] = [a.subarray(0, i % (a.length + 1)), b.subarray(j % (b.length + 1))];
    return new Uint8Array(Buffer.concat([start, end]));
  });
}

/** A snapshot with random bytes in the place of others. */
function overwritten(): fc.Arbitrary<{ sample: Sample; path: string; bytes: Uint8Array }> {
  const samples = [
    slice(fixture('fraud-detector-flink2.3-hashmap-savepoint'), 'rules'),
    slice(fixture('fraud-detector-flink2.3-rocksdb-savepoint-compressed'), 'alert-buffer'),
    slice(fixture('zoo-windows-flink2.3-hashmap-checkpoint'), 'processing-time'),
  ];
  const change = fc.tuple(fc.nat(), fc.nat(), fc.nat(40), fc.uint8Array({ maxLength: 40, size: 'max' }));
  return fc.tuple(fc.constantFrom(...samples), change).map(([sample, [file, at, removed, added]]) => {
    const path = [...sample.files.keys()][file % sample.files.size]!;
    const bytes = sample.files.get(path)!;
    const start = at % (bytes.length + 1);
    const pieces = [bytes.subarray(0, start), added, bytes.subarray(start + removed)];
    return { sample, path, bytes: new Uint8Array(Buffer.concat(pieces)) };
  });
}

/** Of any code points, half of a pair too. fast-check's own strings of that kind begin with a table of them all, of many megabytes. */
const ANY_NAME = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 60, size: 'max' })
  .map((points) => String.fromCodePoint(...points));

type Property = fc.IAsyncProperty<unknown>;

function forAll<T>(arbitrary: fc.Arbitrary<T>, act: (value: T) => unknown): Property {
  const property = fc.asyncProperty(arbitrary, async (value) => typedOrFine(() => act(value)));
  return property as unknown as Property;
}

/** Savepoints of which the metadata is all. */
function anySavepoint(arbitrary: fc.Arbitrary<Uint8Array>): Property {
  const property = fc.asyncProperty(arbitrary, async (metadata) => {
    const files = new Map([[`${ROOT}/_metadata`, metadata]]);
    await answerOf(new MemoryFileSystem(files));
    await everyCommand(new MemoryFileSystem(files));
  });
  return property as unknown as Property;
}

/** By name, what must hold; made when it is asked for, since some need many files. */
const PROPERTIES: { readonly [name: string]: () => Property } = {
  'random bytes as metadata': () =>
    forAll(fc.oneof(...METADATA_HEADS.map(behind), BYTES), (bytes) => readMetadata(view(bytes))),
  'random bytes as a serializer snapshot': () =>
    forAll(fc.oneof(behind('00000002'), BYTES), (bytes) => readSerializerSnapshot(view(bytes))),
  'random bytes as a Java object stream': () => {
    const starts = ['aced0005', 'aced0005 73 72 0001 61', 'aced0005 75'].map(behind);
    return forAll(fc.oneof(...starts, BYTES), (bytes) => describeJavaObject(view(bytes)));
  },
  'random bytes as snappy chunks': () =>
    forAll(fc.oneof(behind('ff060000 734e61507059'), behind('00080000'), BYTES), (bytes) => {
      const input = view(bytes);
      while (input.remaining > 0) readSnappyChunk(input);
    }),
  'random bytes as a snappy block': () => forAll(BYTES, (bytes) => readSnappyBlock(view(bytes), 1 << 16)),
  'random bytes as modified UTF-8': () =>
    forAll(BYTES, (bytes) => decodeModifiedUtf8(bytes, 0, bytes.length)),
  'random bytes as values of any serializer of the corpus': () =>
    forAll(fc.tuple(anySerializer(), BYTES), ([{ snapshot }, data]) => readSerializer(snapshot, data)),
  'values of one serializer read by another': () =>
    forAll(fc.tuple(anySerializer(), anySerializer()), ([{ snapshot }, { data }]) =>
      readSerializer(snapshot, data),
    ),
  'any tree of serializers with random values': () =>
    forAll(fc.tuple(SERIALIZER, BYTES), ([tree, data]) => readSerializer(outer(tree), data)),
  'the start of one snapshot and the end of another': () =>
    forAll(fc.tuple(crossed(), anySerializer()), ([snapshot, { data }]) => readSerializer(snapshot, data)),
  'any keyed state with any serializers and random entries': () => anySavepoint(keyedSavepoint()),
  'any operator state with any serializers and random elements': () => anySavepoint(operatorSavepoint()),
  'classes of any name': () =>
    forAll(ANY_NAME, (name) => readSerializer(outer(plain(name)), new Uint8Array(0))),
  'a snapshot with bytes changed, removed and added': () =>
    fc.asyncProperty(overwritten(), async ({ sample, path, bytes }) => {
      await answerOf(new MemoryFileSystem(withFile(sample, path, bytes)), ROOT);
    }) as unknown as Property,
};

export const PROPERTY_NAMES = Object.keys(PROPERTIES);

/** Checks one property; gives what contradicts it, or nothing. */
export async function property(
  { name, seed, runs }: { name: string; seed: number; runs: number },
  progress: Progress,
): Promise<string | undefined> {
  const checked = PROPERTIES[name]!();
  const { generate } = checked;
  let count = 0;
  checked.generate = (...args) => {
    beginCase(progress, `${name}, run ${count++} of seed ${seed}`);
    return generate.apply(checked, args);
  };
  const details = await fc.check(checked, { seed, numRuns: runs });
  return details.failed ? `${fc.defaultReportMessage(details)}\n${String(details.errorInstance)}` : undefined;
}
