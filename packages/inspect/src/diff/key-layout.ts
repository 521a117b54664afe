import { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';
import type { StateEntry } from '@statewright/savepoint';
import { type Codec, Opaque, toJson } from '@statewright/serializers';

/** Sign bit of a long: flipped, so that bytes sort as numbers do. */
const SIGN = -(1n << 63n);

/** How the keys of a state's rows lie as bytes: the same for both sides, so that equal keys are equal bytes. */
export interface KeyLayout {
  /** Writes key and namespace, and of a timer its time. */
  writeEntry(output: DataOutputView, entry: StateEntry): void;
  /** Writes the key of one entry of a map, behind the rest. */
  writeUserKey(output: DataOutputView, userKey: unknown): void;
  /** Length of what `writeEntry` wrote, without a timer's time. */
  entryLength(row: Uint8Array): number;
  /** Key and namespace as JSON. */
  read(row: Uint8Array): { readonly key: unknown; readonly namespace: unknown };
  /** The map's key as JSON, behind the entry's. */
  readUserKey(row: Uint8Array, entryLength: number): unknown;
  /** Of a timer: milliseconds since the epoch. */
  readTimer(row: Uint8Array): bigint;
}

/** The codecs of a state's keys; undefined where it has no such part. */
export interface KeyCodecs {
  readonly key: Codec | undefined;
  readonly namespace: Codec | undefined;
  readonly userKey: Codec | undefined;
}

/**
 * Keys as their serializers write them, one behind the other, so that rows of RocksDB come sorted. Where a part does not tell
 * its own end, parts are framed by their lengths. For two sides of the same serializers.
 */
export function bytesLayout({ key, namespace, userKey }: KeyCodecs, timer: boolean): KeyLayout {
  const framed = [key, namespace].some((codec) => codec !== undefined && !tellsItsEnd(codec));
  const writePart = framed ? framedWriter() : writeValue;
  const readPart = framed ? readFramed : readPlain;
  return {
    writeEntry(output, entry) {
      writePart(output, key, entry.key);
      writePart(output, namespace, entry.namespace);
      if (timer) output.writeLong(BigInt.asIntN(64, (entry.value as bigint) ^ SIGN));
    },
    writeUserKey: (output, value) => writeValue(output, userKey, value),
    entryLength(row) {
      const view = new DataInputView(row);
      for (const codec of [key, namespace]) {
        if (framed) view.skip(view.readInt());
        else codec?.skip(view);
      }
      return view.pos;
    },
    read(row) {
      const view = new DataInputView(row);
      return { key: readPart(view, key), namespace: readPart(view, namespace) };
    },
    readUserKey: (row, from) => readPlain(new DataInputView(row.subarray(from)), userKey),
    readTimer: (row) => new DataInputView(row.subarray(row.length - 8)).readLong() ^ SIGN,
  };
}

function tellsItsEnd(codec: Codec): boolean {
  return codec.delimited && codec.mayRunToLimit !== true;
}

/** What follows an opaque value is itself opaque, whatever its type. */
function writeValue(output: DataOutputView, codec: Codec | undefined, value: unknown): void {
  if (value instanceof Opaque) output.writeBytes(value.bytes);
  else codec?.write(output, value);
}

/** `i32` length, then the part. */
function framedWriter(): typeof writeValue {
  const part = new DataOutputView();
  return (output, codec, value) => {
    part.clear();
    writeValue(part, codec, value);
    output.writeBytes32(part.view());
  };
}

function readPlain(view: DataInputView, codec: Codec | undefined): unknown {
  return codec === undefined ? null : JSON.parse(toJson(codec.read(view)));
}

/** A part that was opaque may be none of its serializer's values. */
function readFramed(view: DataInputView, codec: Codec | undefined): unknown {
  const bytes = view.readBytes32();
  try {
    return readPlain(new DataInputView(bytes), codec);
  } catch (error) {
    if (!(error instanceof StatewrightError)) throw error;
    return { '@opaque': { class: null, serializer: '', bytes: Buffer.from(bytes).toString('hex'), why: '' } };
  }
}

const TAB = 0x09;

/**
 * Keys as JSON text, each with a tab behind it, which no JSON text holds. For two sides whose serializers differ though
 * their types are the same.
 */
export function textLayout(timer: boolean): KeyLayout {
  const writeText = (output: DataOutputView, value: unknown) =>
    output.writeBytes(Buffer.from(value === undefined ? 'null' : toJson(value)));
  return {
    writeEntry(output, entry) {
      for (const part of [entry.key, entry.namespace]) {
        writeText(output, part);
        output.writeByte(TAB);
      }
      if (timer) output.writeLong(BigInt.asIntN(64, (entry.value as bigint) ^ SIGN));
    },
    writeUserKey: writeText,
    entryLength: (row) => row.indexOf(TAB, row.indexOf(TAB) + 1) + 1,
    read(row) {
      const first = row.indexOf(TAB);
      const second = row.indexOf(TAB, first + 1);
      return { key: jsonOf(row.subarray(0, first)), namespace: jsonOf(row.subarray(first + 1, second)) };
    },
    readUserKey: (row, from) => jsonOf(row.subarray(from)),
    readTimer: (row) => new DataInputView(row.subarray(row.length - 8)).readLong() ^ SIGN,
  };
}

function jsonOf(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
}
