import { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';
import {
  readSerializerSnapshot,
  type SerializerSnapshot,
  type SnapshotFormat,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import { nameText } from '../cursor.js';
import type { TypeForm } from '../form.js';
import type { Doc } from '../layout.js';
import { base64Doc, readBase64 } from './base64.js';

const MAX_VERSION = 0x7fffffff;
/** `i32 2` stands before an outer snapshot; see `readSerializerSnapshot`. */
const UTIL_BYTES = 4;

/** A snapshot that no reader is known for, as the contract tells it: a class and a version. */
type Named = SerializerSnapshot & { readonly frame: Uint8Array; readonly unreadable: string };

/**
 * `serializer SNAPSHOT_CLASS version 3 base64(…)`: the bytes of the snapshot behind its class and version. Without them
 * nothing but the class is known, and whether it fits another nobody can say.
 */
export const ANY_FORM: TypeForm = {
  keyword: 'serializer',
  classNames: [],
  parse({ cursor, placed }) {
    const className = cursor.expectName('the class of the serializer snapshot');
    const version = cursor.takeWord('version') ? cursor.number('the version', MAX_VERSION) : 1;
    const at = cursor.at;
    if (!cursor.sees('base64')) {
      const unreadable = 'the contract names the class of the serializer snapshot and nothing of its body';
      const frame = new Uint8Array(0);
      return placed<Named>({ className, version, nested: [], frame, unreadable });
    }
    const body = readBase64(cursor);
    try {
      return readBody(
        className,
        version,
        body,
        placed<SerializerSnapshot>({ className, version, nested: [] }),
      );
    } catch (error) {
      if (!(error instanceof StatewrightError)) throw error;
      throw cursor.error(at, `these bytes are no such snapshot: ${error.reason}`);
    }
  },
  print: (snapshot) => classDoc(snapshot),
};

/** The snapshot, whatever it is: its class, its version, and its bytes where `formats` can write them. */
export function anySerializerDoc(snapshot: SerializerSnapshot, formats: readonly SnapshotFormat[]): Doc {
  const body = 'unreadable' in snapshot ? undefined : bodyOf(snapshot, formats);
  const head = classDoc(snapshot);
  return body === undefined ? head : [head, ' ', base64Doc(body)];
}

function classDoc({ className, version }: SerializerSnapshot): string {
  return `serializer ${nameText(className)} version ${version}`;
}

function bodyOf(snapshot: SerializerSnapshot, formats: readonly SnapshotFormat[]): Uint8Array | undefined {
  const output = new DataOutputView();
  try {
    writeSerializerSnapshot(output, snapshot, formats);
  } catch (error) {
    if (error instanceof StatewrightError) return undefined;
    throw error;
  }
  const head = headBytes(snapshot.className, snapshot.version);
  return output.view().slice(UTIL_BYTES + head.length);
}

function headBytes(className: string, version: number): Uint8Array {
  const head = new DataOutputView();
  head.writeUTF(className);
  head.writeInt(version);
  return head.view();
}

function readBody(
  className: string,
  version: number,
  body: Uint8Array,
  { span }: SerializerSnapshot,
): SerializerSnapshot {
  const output = new DataOutputView();
  output.writeInt(2);
  output.writeBytes(headBytes(className, version));
  output.writeBytes(body);
  const input = new DataInputView(output.view(), span.file, 0);
  const snapshot = readSerializerSnapshot(input);
  input.expectEnd('serializer snapshot');
  return { ...snapshot, span };
}
