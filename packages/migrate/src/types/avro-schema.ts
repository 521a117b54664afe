import { DataInputView, DataOutputView } from '@statewright/bytes';
import {
  type AvroSnapshot,
  type AvroType,
  readSerializerSnapshot,
  type SerializerSnapshot,
  writeSerializerSnapshot,
} from '@statewright/serializers';

const CLASS = 'org.apache.flink.formats.avro.typeutils.AvroSerializerSnapshot';

/** Whether a snapshot is that of an `AvroSerializer` that could be read. */
export function isAvro(snapshot: SerializerSnapshot): snapshot is AvroSnapshot {
  return snapshot.className === CLASS && !('unreadable' in snapshot);
}

/** The names of the records, enums and fixed types of a schema, and the Java class of its values. */
export function avroNames({ schema, runtimeType }: AvroSnapshot): readonly string[] {
  const names = new Set<string>(runtimeType === undefined ? [] : [runtimeType]);
  eachAvroType(schema, (type) => {
    if ('name' in type) names.add(type.name);
  });
  return [...names];
}

/** Calls back once for every type of a schema, outermost first. */
export function eachAvroType(schema: AvroType, use: (type: AvroType) => void): void {
  const seen = new Set<AvroType>();
  const visit = (type: AvroType): void => {
    if (seen.has(type)) return;
    seen.add(type);
    use(type);
    if (type.kind === 'array') visit(type.items);
    else if (type.kind === 'map') visit(type.values);
    else if (type.kind === 'union') type.branches.forEach(visit);
    else if (type.kind === 'record') for (const field of type.fields) visit(field.type);
  };
  visit(schema);
}

/** The snapshot that Flink 1.12 and later write for a schema; what is wrong with it is thrown by its parser. */
export function avroSnapshotOf(
  schemaText: string,
  runtimeType: string,
  span: SerializerSnapshot['span'],
): AvroSnapshot {
  const output = new DataOutputView();
  const head = { className: CLASS, version: 3, nested: [], span, runtimeType, schemaText };
  writeSerializerSnapshot(output, head as SerializerSnapshot);
  const read = readSerializerSnapshot(new DataInputView(output.toBytes(), span.file)) as AvroSnapshot;
  return { ...read, span };
}
