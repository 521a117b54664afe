import type { DataInputView } from '@statewright/bytes';
import { simpleName } from './class-names.js';
import { type FormatTable, formatOf, formatTable, isUnreadable } from './format-table.js';
import type {
  Codec,
  CodecCompiler,
  Describer,
  SerializerSnapshot,
  SnapshotFormat,
  TypeDescription,
} from './model.js';
import { mayRunToLimit, opaqueCodec } from './opaque.js';
import { SNAPSHOT_FORMATS } from './snapshots/index.js';

/** Sees every nested codec as it is compiled and may put another in its place, see `trace.ts`. */
export type WrapCodec = (codec: Codec, label: string, snapshot: SerializerSnapshot) => Codec;

/** Sees every part that has no snapshot of its own, see `CodecCompiler#part`. */
export type WrapPart = (codec: Codec, label: string, type: string) => Codec;

/** How `compileCodec` finds and changes codecs. */
export interface CompileOptions {
  /** The table of formats; default SNAPSHOT_FORMATS. */
  readonly formats?: readonly SnapshotFormat[];
  /** Called for every codec of the tree. */
  readonly wrap?: WrapCodec;
  /** Called for every part without a snapshot. */
  readonly wrapPart?: WrapPart;
}

let copies = 0;

/** Makes the reader and writer of a serializer's values. Costly; do it once per serializer. */
export function compileCodec(snapshot: SerializerSnapshot, options: CompileOptions = {}): Codec {
  const table = formatTable(options.formats ?? SNAPSHOT_FORMATS);
  const compiler: CodecCompiler = {
    compile(child, label) {
      const codec = compileOne(child, table, compiler);
      return options.wrap === undefined ? codec : options.wrap(codec, label, child);
    },
    part: options.wrapPart ?? ((codec) => codec),
    unique: () => copies++,
  };
  return rootCodec(compiler.compile(snapshot, ''));
}

function compileOne(snapshot: SerializerSnapshot, table: FormatTable, compiler: CodecCompiler): Codec {
  if (isUnreadable(snapshot))
    return opaqueCodec(snapshot.unreadable, undefined, simpleName(snapshot.className));
  return formatOf(table, snapshot).codec(snapshot, compiler);
}

/** A value starts with nothing swallowed, whatever was read from the view before. */
function rootCodec(codec: Codec): Codec {
  if (!mayRunToLimit(codec)) return codec;
  return {
    ...codec,
    read(input: DataInputView) {
      input.openEnd = -1;
      return codec.read(input);
    },
    skip(input: DataInputView) {
      input.openEnd = -1;
      codec.skip(input);
    },
  };
}

/** What a person calls the type of a serializer: a tree of plain JSON. */
export function describeSerializer(
  snapshot: SerializerSnapshot,
  formats: readonly SnapshotFormat[] = SNAPSHOT_FORMATS,
): TypeDescription {
  const table = formatTable(formats);
  const describe: Describer = (child) => {
    if (!isUnreadable(child)) return formatOf(table, child).describe(child, describe);
    return { type: 'unknown', serializer: simpleName(child.className), opaque: child.unreadable };
  };
  return describe(snapshot);
}
