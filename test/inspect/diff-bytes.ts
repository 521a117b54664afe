import type { DataOutputView } from '@statewright/bytes';
import type { FieldChange } from '@statewright/inspect';
import { openSavepoint, type Savepoint } from '@statewright/savepoint';
import { MemoryFileSystem } from '../hostile/memory-file-system.js';
import { type HeaderState, inline, keyedHeader, metadataWith } from '../hostile/metadata-bytes.js';
import { bytesOf, INT, LONG, list, map, plain, STRING, type Writes } from '../hostile/snapshot-bytes.js';

/*
 * Savepoints of one operator with three states, written by hand by Flink's grammar, as a canonical file and as the heap
 * writes it. Keys are strings, key groups are 0 to 3 of 128.
 */

export type Value = string | readonly number[] | ReadonlyMap<string, bigint>;

interface StateShape {
  readonly id: number;
  readonly name: string;
}

export const STRING_VALUE: StateShape = { id: 0, name: 'value' };
export const LONG_MAP: StateShape = { id: 1, name: 'map' };
export const INT_LIST: StateShape = { id: 2, name: 'list' };
const SHAPES = [STRING_VALUE, LONG_MAP, INT_LIST];

/** One entry of a state. */
export interface Entry {
  readonly state: StateShape;
  readonly key: string;
  readonly value: Value;
}

/** A snapshot's content: entries by key group, in the order in which they are written. */
export interface Edited {
  readonly layout: 'canonical' | 'heap';
  readonly groups: readonly (readonly [keyGroup: number, entries: readonly Entry[]])[];
}

const KEY_GROUPS = 4;
const VOID_NAMESPACE = plain(
  'org.apache.flink.runtime.state.VoidNamespaceSerializer$VoidNamespaceSerializerSnapshot',
);

function headerState(name: string, kind: string, value: Writes): HeaderState {
  return {
    name,
    type: 0,
    options: [['KEYED_STATE_TYPE', kind]],
    serializers: [
      ['VALUE_SERIALIZER', value],
      ['NAMESPACE_SERIALIZER', VOID_NAMESPACE],
    ],
  };
}

const HEADER = keyedHeader(STRING, [
  headerState('value', 'VALUE', STRING),
  headerState('map', 'MAP', map(STRING, LONG)),
  headerState('list', 'LIST', list(INT)),
]);

/** `StringValue.writeString`: length plus one, then characters, each in seven bits at a time. */
function writeString(output: DataOutputView, text: string): void {
  const writeVariable = (number: number) => {
    let left = number;
    while (left >= 0x80) {
      output.writeByte((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    output.writeByte(left);
  };
  writeVariable(text.length + 1);
  for (let i = 0; i < text.length; i++) writeVariable(text.charCodeAt(i));
}

/** Raw entries of a canonical file: key and value each. */
function canonicalEntries({ key, value }: Entry): [Uint8Array, Uint8Array][] {
  const head: Writes = (output) => {
    writeString(output, key);
    output.writeByte(0);
  };
  if (typeof value === 'string') return [[bytesOf(head), bytesOf((output) => writeString(output, value))]];
  if (value instanceof Map) {
    return [...(value as ReadonlyMap<string, bigint>)].map(([userKey, number]) => [
      bytesOf((output) => {
        head(output);
        writeString(output, userKey);
      }),
      bytesOf((output) => {
        output.writeBoolean(false);
        output.writeLong(number);
      }),
    ]);
  }
  const elements = value as readonly number[];
  const write: Writes = (output) => {
    for (const [i, element] of elements.entries()) {
      if (i > 0) output.writeByte(0x2c);
      output.writeInt(element);
    }
  };
  return [[bytesOf(head), bytesOf(write)]];
}

function canonicalGroup(keyGroup: number, entries: readonly Entry[]): Uint8Array {
  const states = SHAPES.map((shape) => ({
    id: shape.id,
    raw: entries.filter(({ state }) => state === shape).flatMap(canonicalEntries),
  })).filter(({ raw }) => raw.length > 0);
  return bytesOf((output) => {
    output.writeShort(states[0]!.id);
    for (const [i, { raw }] of states.entries()) {
      for (const [j, [key, value]] of raw.entries()) {
        const last = j === raw.length - 1;
        output.writeInt(key.length + 1);
        output.writeByte(keyGroup | (last ? 0x80 : 0));
        output.writeBytes(key);
        output.writeBytes32(value);
        if (last) output.writeShort(states[i + 1]?.id ?? 0xffff);
      }
    }
  });
}

function heapGroup(keyGroup: number, entries: readonly Entry[]): Uint8Array {
  return bytesOf((output) => {
    output.writeInt(keyGroup);
    for (const shape of SHAPES) {
      const own = entries.filter(({ state }) => state === shape);
      output.writeShort(shape.id);
      output.writeInt(own.length);
      for (const { key, value } of own) {
        output.writeByte(0);
        writeString(output, key);
        writeHeapValue(output, value);
      }
    }
  });
}

function writeHeapValue(output: DataOutputView, value: Value): void {
  if (typeof value === 'string') {
    writeString(output, value);
    return;
  }
  if (!(value instanceof Map)) {
    const elements = value as readonly number[];
    output.writeInt(elements.length);
    for (const element of elements) output.writeInt(element);
    return;
  }
  output.writeInt(value.size);
  for (const [userKey, number] of value as ReadonlyMap<string, bigint>) {
    writeString(output, userKey);
    output.writeBoolean(false);
    output.writeLong(number);
  }
}

/** The snapshot, open. */
export function memorySavepoint({ layout, groups }: Edited): Promise<Savepoint> {
  // The heap writes every key group, RocksDB those that hold something.
  const all = Array.from({ length: KEY_GROUPS }, (_, keyGroup) => {
    const entries = groups.filter(([group]) => group === keyGroup).flatMap(([, own]) => own);
    return [keyGroup, entries] as const;
  });
  const filled = layout === 'heap' ? all : all.filter(([, entries]) => entries.length > 0);
  const pieces = filled.map(([keyGroup, entries]) =>
    layout === 'canonical' ? canonicalGroup(keyGroup, entries) : heapGroup(keyGroup, entries),
  );
  const offsets = new Array<number>(KEY_GROUPS).fill(0);
  let at = HEADER.length;
  for (const [i, [keyGroup]] of filled.entries()) {
    offsets[keyGroup] = at;
    at += pieces[i]!.length;
  }
  const stream = new Uint8Array(Buffer.concat([HEADER, ...pieces]));
  const metadata = metadataWith((output) => {
    for (const none of [0, 0]) output.writeInt(none);
    output.writeByte(3);
    for (const number of [0, KEY_GROUPS]) output.writeInt(number);
    for (const offset of offsets) output.writeLong(BigInt(offset));
    inline(stream)(output);
    output.writeByte(0);
    for (const none of [0, 0]) output.writeInt(none);
  });
  return openSavepoint('/snapshot', {
    fs: new MemoryFileSystem(new Map([['/snapshot/_metadata', metadata]])),
  });
}

/** A value state with so many keys; a generation gives all of them other values, an odd one has a value of its own. */
export function bigState(keys: number, generation: number, odd = -1): Edited {
  const groups = Array.from({ length: KEY_GROUPS }, (_, group): [number, Entry[]] => [group, []]);
  for (let i = 0; i < keys; i++) {
    const value = `${i === odd ? 'odd' : 'even'} ${generation}`;
    groups[i % KEY_GROUPS]![1].push({ state: STRING_VALUE, key: `key ${i}`, value });
  }
  return { layout: 'canonical', groups };
}

/** A change of a field on one line. */
export function textOf({ path, change, old, new: now }: FieldChange): string {
  if (change === 'added') return `+ ${path}: ${JSON.stringify(now)}`;
  if (change === 'removed') return `- ${path}: ${JSON.stringify(old)}`;
  return `${path}: ${JSON.stringify(old)} → ${JSON.stringify(now)}`;
}
