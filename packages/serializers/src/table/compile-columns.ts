import { DataOutputView, StatewrightError } from '@statewright/bytes';
import { simpleName } from '../class-names.js';
import { readFramed } from '../framed.js';
import type { Codec, CodecCompiler, SerializerSnapshot } from '../model.js';
import { Opaque } from '../values.js';
import { arrayColumn } from './binary-array.js';
import { chunkLength, chunkStart } from './binary-layout.js';
import { mapColumn } from './binary-map.js';
import { RowLayout, rowColumn } from './binary-row.js';
import { type Column, writeChunk } from './columns.js';
import { elementUnknown, type LogicalType, type RawType, sqlText, type UnknownType } from './logical-type.js';
import { opaqueChunkColumn, scalarColumn } from './scalar-columns.js';
import { tracedColumn } from './traced-column.js';

/**
 * The column of a SQL type. `snapshot` is that of the column's serializer where the surrounding one holds it: only a RAW
 * type needs it, because the type itself says nothing of the bytes.
 */
export function compileColumn(
  type: LogicalType,
  snapshot: SerializerSnapshot | undefined,
  compiler: CodecCompiler,
): Column {
  const unknown = elementUnknown(type);
  if (unknown !== undefined) return opaqueChunkColumn(unknown.why, unknown.className, 'RowDataSerializer');
  switch (type.kind) {
    case 'scalar':
      return scalarColumn(type);
    case 'array':
      return arrayColumn(compilePart(type.element, undefined, compiler, 'element'));
    case 'map':
      return mapColumn(
        compilePart(type.key, undefined, compiler, 'key'),
        compilePart(type.value, undefined, compiler, 'value'),
      );
    case 'row':
      return rowColumn(rowLayout(type.types, snapshot, compiler, type.names));
    case 'distinct':
      return compileColumn(type.source, snapshot, compiler);
    case 'raw':
      return rawColumn(type, snapshot, compiler);
    case 'unknown':
      return unknownColumn(type);
  }
}

/** As `compileColumn`, with a name under which it can be traced. */
export function compilePart(
  type: LogicalType,
  snapshot: SerializerSnapshot | undefined,
  compiler: CodecCompiler,
  label: string,
): Column {
  return tracedColumn(compiler, compileColumn(type, snapshot, compiler), label, sqlText(type));
}

/** The layout of rows of these types; `snapshot` is that of their RowDataSerializer. */
export function rowLayout(
  types: readonly LogicalType[],
  snapshot: SerializerSnapshot | undefined,
  compiler: CodecCompiler,
  names: readonly string[] | undefined,
): RowLayout {
  const nested = snapshot?.nested.length === types.length ? snapshot.nested : undefined;
  const columns = types.map((type, i) => compilePart(type, nested?.[i], compiler, names?.[i] ?? `f${i}`));
  return new RowLayout(columns, names);
}

/** A data view whose content is in a state of its own leaves a placeholder in its row, which is not a null. */
const NULL_SERIALIZER = 'org.apache.flink.table.dataview.NullSerializer$NullSerializerSnapshot';

/** A value of another serializer: decoded by it where its snapshot is there, else kept closed. */
function rawColumn(type: RawType, snapshot: SerializerSnapshot | undefined, compiler: CodecCompiler): Column {
  const inner = snapshot?.nested.length === 1 ? snapshot.nested[0] : undefined;
  if (inner !== undefined) {
    return {
      ...framedColumn(compiler.compile(inner, 'raw')),
      takesNull: inner.className === NULL_SERIALIZER,
    };
  }
  const serializer = simpleName(type.serializer ?? 'RawValueDataSerializer');
  const why = 'the type of a RAW column inside an array or map names its serializer but not what that writes';
  return opaqueChunkColumn(why, type.className, serializer);
}

/** A chunk that holds exactly one value of a codec. */
function framedColumn(inner: Codec): Column {
  return {
    elementSize: 8,
    chunk: chunkLength,
    read(input, base, end, slot) {
      const length = chunkLength(input, slot);
      const start = chunkStart(input, base, end, slot, length, 'RawValueData');
      input.pos = start;
      return readFramed(input, inner, length, 'RawValueData');
    },
    write(out, base, slot, value) {
      const chunk = new DataOutputView();
      inner.write(chunk, value);
      writeChunk(out, base, slot, chunk.view());
    },
  };
}

/** Nothing tells whether the slot is a number or a pointer, so that all bytes of the row or array are given. */
function unknownColumn(type: UnknownType): Column {
  return {
    elementSize: 8,
    read(input, base, end) {
      const span = { file: input.file, start: input.fileOffset + base, end: input.fileOffset + end };
      const why = `${type.why}; these are the bytes of the whole row`;
      return new Opaque(input.bytes.slice(base, end), span, why, type.className, 'RowDataSerializer');
    },
    write() {
      throw new StatewrightError('CANNOT_ENCODE', { kind: 'BinaryRowData', reason: type.why });
    },
  };
}
