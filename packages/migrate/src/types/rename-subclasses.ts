import { DataOutputView } from '@statewright/bytes';
import { Opaque } from '@statewright/serializers';

/** `PojoSerializer` flags: an instance of a subclass, whose name follows. */
const IS_SUBCLASS = 4;
/** What a POJO subclass's own serializer writes first: an instance of just its class. */
const NO_SUBCLASS = 2;
const NAME = /^[\p{L}\p{Nl}\p{N}\p{Sc}\p{Pc}.]+$/u;

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Gives other names to the POJO subclasses in bytes that could not be read, because the snapshot does not hold the
 * serializers of those subclasses: `i8 4, utf name`, then the output of the subclass's `PojoSerializer`, which begins with
 * `i8 2`. Such bytes anywhere else are no text that a job writes: three control characters stand around the name.
 * Follows `PojoSerializer#serialize`, Flink 1.20 and 2.3.
 */
export function renameSubclasses(value: Opaque, rename: (className: string) => string): Opaque {
  const { bytes } = value;
  let output: DataOutputView | undefined;
  let copied = 0;
  for (let at = bytes.indexOf(IS_SUBCLASS); at >= 0; at = bytes.indexOf(IS_SUBCLASS, at + 1)) {
    const end = at + 3 + ((bytes[at + 1]! << 8) | bytes[at + 2]!);
    if (end === at + 3 || end >= bytes.length || bytes[end] !== NO_SUBCLASS) continue;
    const name = nameIn(bytes.subarray(at + 3, end));
    const now = name === undefined ? undefined : rename(name);
    if (now === undefined || now === name) continue;
    output ??= new DataOutputView();
    output.writeBytes(bytes.subarray(copied, at + 1));
    output.writeUTF(now);
    copied = end;
    at = end - 1;
  }
  if (output === undefined) return value;
  output.writeBytes(bytes.subarray(copied));
  const className = value.className === undefined ? undefined : rename(value.className);
  return new Opaque(output.toBytes(), value.span, value.why, className, value.serializer);
}

function nameIn(bytes: Uint8Array): string | undefined {
  try {
    const text = UTF8.decode(bytes);
    return NAME.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
