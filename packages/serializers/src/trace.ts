import type { DataInputView } from '@statewright/bytes';
import { simpleName } from './class-names.js';
import { compileCodec, type WrapCodec, type WrapPart } from './compile-codec.js';
import { toJson } from './json/to-json.js';
import type { Codec, SerializerSnapshot, SnapshotFormat } from './model.js';

/** Where a part of a value lies, as `bytes` shows it. */
export interface TracedValue {
  /** The part's name: a field, `element`, `key` ...; empty for the whole value. */
  readonly label: string;
  /** Simple name of the snapshot class without `Snapshot`: `LongSerializer`, `PojoSerializer` ... */
  readonly type: string;
  /** File positions; `end` is not included. */
  readonly start: number;
  readonly end: number;
  /** The decoded value as JSON; only for a part without parts. */
  readonly json: string | undefined;
  /** In file order. Bytes of the parent between them are flags, counts and masks. */
  readonly children: readonly TracedValue[];
}

/** Reads a value and tells where each of its parts lies. Slow: for looking, not for scanning. */
export function traceValue(
  snapshot: SerializerSnapshot,
  input: DataInputView,
  formats?: readonly SnapshotFormat[],
): TracedValue {
  const stack: TracedValue[][] = [[]];
  const wrap: WrapCodec = (codec, label, child) =>
    tracing(codec, label, serializerName(child.className), stack);
  const wrapPart: WrapPart = (codec, label, type) => tracing(codec, label, type, stack);
  const options = { wrap, wrapPart, ...(formats === undefined ? {} : { formats }) };
  const codec = compileCodec(snapshot, options);
  codec.read(input);
  return stack[0]![0]!;
}

function serializerName(snapshotClass: string): string {
  return simpleName(snapshotClass).replace(/(Config)?Snapshot(V2)?$/, '');
}

function tracing(codec: Codec, label: string, type: string, stack: TracedValue[][]): Codec {
  return {
    ...codec,
    read(input) {
      const start = input.filePos;
      const children: TracedValue[] = [];
      stack.push(children);
      const value = codec.read(input);
      stack.pop();
      // The columns of a row are read one by one, but their variable parts lie behind all slots.
      children.sort((a, b) => a.start - b.start);
      const json = children.length === 0 ? toJson(value) : undefined;
      stack.at(-1)!.push({ label, type, start, end: input.filePos, json, children });
      return value;
    },
  };
}
