import type { DataInputView, DataOutputView } from '@statewright/bytes';
import { minLengthOf, readElementCount } from './counts.js';
import type { Codec, CodecCompiler } from './model.js';
import { cannotEncode, followsOpaque, isFollower, mayRunToLimit } from './opaque.js';
import { specializeEntries } from './specialize.js';
import { MapValue } from './values.js';

type Entry = [unknown, unknown];

/**
 *     i32 n
 *     n x key, bool isNull, [value]
 *
 * Follows `org.apache.flink.api.common.typeutils.base.MapSerializer`, Flink 1.20. The value is a MapValue.
 */
export function mapCodec(compiler: CodecCompiler, key: Codec, value: Codec, serializer: string): Codec {
  const minEach = minLengthOf(key) + 1;
  const open = mayRunToLimit(key) || mayRunToLimit(value);
  const readAll =
    (open ? undefined : specializeEntries(compiler, key.read, value.read)) ?? entryLoop(key, value);
  return {
    length: -1,
    delimited: key.delimited && value.delimited,
    mayRunToLimit: open,
    minLength: 4,
    read: (input) => new MapValue(readAll(input, readElementCount(input, serializer, minEach)) as Entry[]),
    write(output, map) {
      if (!(map instanceof MapValue)) throw cannotEncode(serializer, 'a MapValue', map);
      writeEntries(output, key, value, map);
    },
    skip(input) {
      const count = readElementCount(input, serializer, minEach);
      for (let i = 0; i < count; i++) {
        key.skip(input);
        if (open && input.openEnd === input.pos) return;
        if (!input.readBoolean()) value.skip(input);
        if (open && input.openEnd === input.pos) return;
      }
    },
    ...(key.hash && value.hash ? { hash: (map: unknown) => mapHash(key, value, map) } : {}),
  };
}

function entryLoop(key: Codec, value: Codec): (input: DataInputView, count: number) => Entry[] {
  const open = mayRunToLimit(key) || mayRunToLimit(value);
  return (input, count) => {
    const entries: Entry[] = [];
    const ended = (): boolean => open && input.openEnd === input.pos;
    while (entries.length < count) {
      const k = key.read(input);
      entries.push([k, ended() ? followsOpaque(input) : input.readBoolean() ? null : value.read(input)]);
      if (ended()) break;
    }
    if (entries.length < count) {
      const follower = followsOpaque(input);
      while (entries.length < count) entries.push([follower, follower]);
    }
    return entries;
  };
}

function writeEntries(output: DataOutputView, key: Codec, value: Codec, map: MapValue): void {
  output.writeInt(map.entries.length);
  for (const [k, v] of map.entries) {
    if (isFollower(k)) return;
    key.write(output, k);
    if (isFollower(v)) return;
    output.writeBoolean(v === null);
    if (v !== null) value.write(output, v);
  }
}

/** `Map#hashCode`: the sum over the entries of key hash xor value hash. */
function mapHash(key: Codec, value: Codec, map: unknown): number | undefined {
  if (!(map instanceof MapValue)) return 0;
  let sum = 0;
  for (const [k, v] of map.entries) {
    const keyHash = key.hash?.(k);
    const valueHash = v === null ? 0 : value.hash?.(v);
    if (keyHash === undefined || valueHash === undefined) return undefined;
    sum = (sum + (keyHash ^ valueHash)) | 0;
  }
  return sum;
}
