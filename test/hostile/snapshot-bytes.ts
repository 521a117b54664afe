import { DataInputView, DataOutputView } from '@statewright/bytes';

/*
 * Serializer snapshots written by hand, by Flink's grammar, so that what no Flink would write can be asked for.
 */

const BASE = 'org.apache.flink.api.common.typeutils.base.';
const COMPOSITE = 911_108;
const NESTED = 1_333_245;

export type Writes = (output: DataOutputView) => void;

export function bytesOf(write: Writes): Uint8Array {
  const output = new DataOutputView();
  write(output);
  return output.toBytes();
}

export function viewOf(bytes: Uint8Array): DataInputView {
  return new DataInputView(bytes, 'hostile');
}

/** A snapshot with its outer version. */
export function outer(snapshot: Writes): Uint8Array {
  return bytesOf((output) => {
    output.writeInt(2);
    snapshot(output);
  });
}

/** A snapshot without a body. */
export function plain(className: string, version = 3): Writes {
  return (output) => {
    output.writeUTF(className);
    output.writeInt(version);
  };
}

export const INT = plain(`${BASE}IntSerializer$IntSerializerSnapshot`);
export const LONG = plain(`${BASE}LongSerializer$LongSerializerSnapshot`);
export const STRING = plain(`${BASE}StringSerializer$StringSerializerSnapshot`);
/** Values of no bytes at all. */
export const NULL_VALUE = plain(`${BASE}NullValueSerializer$NullValueSerializerSnapshot`);

/** A composite snapshot: what it says of itself with a version of its own, then the nested snapshots. */
export function composite(
  className: string,
  outerVersion: number,
  nested: readonly Writes[],
  own: Writes = () => {},
): Writes {
  return (output) => {
    output.writeUTF(className);
    output.writeInt(3);
    output.writeInt(COMPOSITE);
    output.writeInt(outerVersion);
    own(output);
    output.writeInt(NESTED);
    output.writeInt(1);
    output.writeInt(nested.length);
    for (const each of nested) each(output);
  };
}

export function list(element: Writes): Writes {
  return composite(`${BASE}ListSerializerSnapshot`, 1, [element]);
}

export function map(key: Writes, value: Writes): Writes {
  return composite(`${BASE}MapSerializerSnapshot`, 1, [key, value]);
}

export function tuple(...fields: readonly Writes[]): Writes {
  const own: Writes = (output) => output.writeUTF(`org.apache.flink.api.java.tuple.Tuple${fields.length}`);
  return composite('org.apache.flink.api.java.typeutils.runtime.TupleSerializerSnapshot', 2, fields, own);
}
