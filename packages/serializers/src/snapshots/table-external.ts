import { isJavaObject, javaField } from '@statewright/bytes';
import { compositeFormat } from '../composite.js';
import type { Codec, SerializerSnapshot } from '../model.js';
import { readJavaBytes } from '../table/java-bytes.js';
import type { LogicalType } from '../table/logical-type.js';
import { logicalTypeOf } from '../table/read-logical-type.js';
import { withRowNames } from '../table/row-data-codec.js';
import { describeRowData, ROW_DATA, type RowDataSnapshot } from './table-row-data.js';

interface ExternalPart {
  /** The Java object `DataType` as it stands in the file. */
  readonly dataType: Uint8Array;
  readonly logicalType: LogicalType;
  readonly isInternalInput: boolean;
}

/**
 * Outer part:
 *     Java object            DataType
 *     bool                   isInternalInput
 *
 * Nested: the internal serializer. Value: that of the internal serializer; names of a row come from the DataType.
 * Follows `org.apache.flink.table.runtime.typeutils.ExternalSerializer.ExternalSerializerSnapshot`, Flink 1.20 and 2.3.
 */
export const EXTERNAL = compositeFormat<ExternalPart>({
  classNames: ['org.apache.flink.table.runtime.typeutils.ExternalSerializer$ExternalSerializerSnapshot'],
  notes: {
    type: 'external',
    serializer: 'ExternalSerializer',
    flink: '1.11-2.3',
    values: 'the internal value; a row with names',
  },
  outerVersions: [1],
  arity: 1,
  readOuter(input) {
    const start = input.filePos;
    const { bytes, value } = readJavaBytes(input);
    const type = isJavaObject(value) ? javaField(value, 'logicalType') : undefined;
    const logicalType = logicalTypeOf(type, input.spanFrom(start));
    return { dataType: bytes, logicalType, isInternalInput: input.readBoolean('isInternalInput') };
  },
  writeOuter(output, outer) {
    output.writeBytes(outer.dataType);
    output.writeBoolean(outer.isInternalInput);
  },
  describe(snapshot, describe) {
    const nested = snapshot.nested[0]!;
    const names = rowNames(snapshot.outer.logicalType, nested);
    return names === undefined
      ? describe(nested)
      : describeRowData(nested as RowDataSnapshot, names, describe);
  },
  codec(snapshot, compiler): Codec {
    const nested = snapshot.nested[0]!;
    const internal = compiler.compile(nested, 'internal');
    const names = rowNames(snapshot.outer.logicalType, nested);
    return names === undefined ? internal : withRowNames(internal, names);
  },
});

/** The names of the columns that `nested` reads, when the type is a row of as many. */
function rowNames(type: LogicalType, nested: SerializerSnapshot): readonly string[] | undefined {
  if (type.kind === 'distinct') return rowNames(type.source, nested);
  if (type.kind !== 'row' || !ROW_DATA.classNames.includes(nested.className)) return undefined;
  return nested.nested.length === type.names.length ? type.names : undefined;
}
