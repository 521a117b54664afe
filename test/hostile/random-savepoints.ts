import { readSerializerSnapshot, SNAPSHOT_FORMATS } from '@statewright/serializers';
import fc from 'fast-check';
import {
  type HeaderState,
  keyedHeader,
  metadataWithKeyedStream,
  metadataWithOperatorStream,
  operatorHeader,
} from './metadata-bytes.js';
import {
  bytesOf,
  composite,
  INT,
  LONG,
  list,
  map,
  NULL_VALUE,
  outer,
  plain,
  STRING,
  tuple,
  viewOf,
  type Writes,
} from './snapshot-bytes.js';

/*
 * Savepoints that are put together rightly from parts that do not belong together.
 */

/** Whether a snapshot can be read to its end. */
function isReadable(snapshot: Writes): boolean {
  const input = viewOf(outer(snapshot));
  try {
    readSerializerSnapshot(input);
  } catch {
    return false;
  }
  return input.pos === input.limit;
}

const CLASS_NAMES = SNAPSHOT_FORMATS.flatMap(({ classNames }) => classNames);
/** Snapshots without a body. */
const PLAIN = SNAPSHOT_FORMATS.flatMap(({ classNames, versions = [3] }) =>
  classNames.flatMap((name) => versions.map((version) => plain(name, version))),
).filter(isReadable);

type Wrapper = (nested: readonly Writes[]) => Writes;

/** By their number, ways to put nested snapshots into one that says nothing more of itself. */
const WRAPPERS: readonly (readonly Wrapper[])[] = [0, 1, 2, 3].map((arity) =>
  CLASS_NAMES.flatMap((name) =>
    [1, 2].map(
      (version): Wrapper =>
        (nested) =>
          composite(name, version, nested),
    ),
  ).filter((wrap) => isReadable(wrap(new Array<Writes>(arity).fill(LONG)))),
);

const VOID_NAMESPACE = plain(
  'org.apache.flink.runtime.state.VoidNamespaceSerializer$VoidNamespaceSerializerSnapshot',
);
/** Trees of serializers, in which anything may be in anything. */
export const SERIALIZER: fc.Arbitrary<Writes> = fc.letrec<{ tree: Writes }>((tie) => {
  const children = fc.array(tie('tree'), { minLength: 1, maxLength: 3, size: 'max' });
  return {
    tree: fc.oneof(
      { maxDepth: 3 },
      { weight: 3, arbitrary: fc.constantFrom(INT, LONG, STRING, NULL_VALUE) },
      { weight: 2, arbitrary: fc.constantFrom(...PLAIN) },
      { weight: 1, arbitrary: tie('tree').map((element) => list(element)) },
      { weight: 1, arbitrary: fc.tuple(tie('tree'), tie('tree')).map((parts) => map(...parts)) },
      { weight: 1, arbitrary: children.map((fields) => tuple(...fields)) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(children, fc.nat())
          .map(([nested, choice]) =>
            WRAPPERS[nested.length]![choice % WRAPPERS[nested.length]!.length]!(nested),
          ),
      },
    ),
  };
}).tree;

/** Bytes as values have them: many zeros and ones, few large numbers. */
const DATA = fc
  .array(fc.constantFrom(0, 0, 0, 0, 1, 1, 1, 2, 3, 8, 0x2c, 0x61, 0x80, 0xff), {
    maxLength: 60,
    size: 'max',
  })
  .map((bytes) => Uint8Array.from(bytes));

const KINDS = ['VALUE', 'LIST', 'MAP', 'REDUCING', 'AGGREGATING', 'FOLDING', 'UNKNOWN'];

const KEYED_STATE: fc.Arbitrary<HeaderState> = fc
  .record({
    type: fc.constantFrom(0, 0, 0, 3, 4),
    kind: fc.constantFrom(...KINDS),
    value: SERIALIZER,
    namespace: fc.oneof(fc.constant(VOID_NAMESPACE), SERIALIZER),
    userKey: fc.option(SERIALIZER),
  })
  .map(({ type, kind, value, namespace, userKey }) => ({
    name: `${kind} ${type}`,
    type,
    options: [['KEYED_STATE_TYPE', kind]],
    serializers: [
      ['VALUE_SERIALIZER', value],
      ['NAMESPACE_SERIALIZER', namespace],
      ...(userKey === null ? [] : ([['USER_KEY_SERIALIZER', userKey]] as const)),
    ],
  }));

interface Entry {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

const ENTRIES = fc.array(fc.record<Entry>({ key: DATA, value: DATA }), { minLength: 1, maxLength: 4 });

/** Key group 0 in the canonical layout: the entries of every state, framed as they must be. */
function canonicalGroup(states: readonly (readonly Entry[])[]): Writes {
  return (output) => {
    output.writeShort(0);
    for (const [id, entries] of states.entries()) {
      for (const [i, { key, value }] of entries.entries()) {
        const last = i === entries.length - 1;
        output.writeInt(key.length + 1);
        output.writeByte(last ? 0x80 : 0);
        output.writeBytes(key);
        output.writeBytes32(value);
        if (last) output.writeShort(id === states.length - 1 ? 0xffff : id + 1);
      }
    }
  };
}

/** Key group 0 in the heap's layout: a number of entries of every state, and bytes. */
function heapGroup(states: readonly (readonly Entry[])[]): Writes {
  return (output) => {
    output.writeInt(0);
    for (const [id, entries] of states.entries()) {
      output.writeShort(id);
      output.writeInt(entries.length);
      for (const { key, value } of entries) {
        output.writeBytes(key);
        output.writeBytes(value);
      }
    }
  };
}

/** One keyed stream with any states. */
export function keyedSavepoint(): fc.Arbitrary<Uint8Array> {
  return fc
    .record({
      key: SERIALIZER,
      states: fc.array(fc.tuple(KEYED_STATE, ENTRIES), { minLength: 1, maxLength: 3 }),
      group: fc.constantFrom(canonicalGroup, heapGroup),
    })
    .map(({ key, states, group }) => {
      const header = keyedHeader(
        key,
        states.map(([state]) => state),
      );
      const data = bytesOf(group(states.map(([, entries]) => entries)));
      return metadataWithKeyedStream(new Uint8Array(Buffer.concat([header, data])), header.length);
    });
}

const MODES = ['SPLIT_DISTRIBUTE', 'UNION', 'BROADCAST'];

/** One stream with a list or union state and a broadcast state. */
export function operatorSavepoint(): fc.Arbitrary<Uint8Array> {
  return fc
    .record({
      mode: fc.constantFrom(0, 1),
      element: SERIALIZER,
      elements: fc.array(DATA, { maxLength: 4 }),
      key: SERIALIZER,
      value: SERIALIZER,
      count: fc.nat(3),
      broadcast: DATA,
    })
    .map(({ mode, element, elements, key, value, count, broadcast }) => {
      const option = (index: number) => [['OPERATOR_STATE_DISTRIBUTION_MODE', MODES[index]!]] as const;
      const header = operatorHeader(
        [{ name: 'list', type: 1, options: option(mode), serializers: [['VALUE_SERIALIZER', element]] }],
        [
          {
            name: 'broadcast',
            type: 2,
            options: option(2),
            serializers: [
              ['KEY_SERIALIZER', key],
              ['VALUE_SERIALIZER', value],
            ],
          },
        ],
      );
      const map = bytesOf((output) => {
        output.writeInt(count);
        output.writeBytes(broadcast);
      });
      let at = header.length;
      const offsets = elements.map(({ length }) => {
        at += length;
        return at - length;
      });
      const bytes = new Uint8Array(Buffer.concat([header, ...elements, map]));
      return metadataWithOperatorStream(bytes, [
        { name: 'list', mode, offsets },
        { name: 'broadcast', mode: 2, offsets: [at] },
      ]);
    });
}
