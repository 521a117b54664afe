import { DataInputView, DataOutputView, StatewrightError } from '@statewright/bytes';
import {
  type AvroSnapshot,
  readSerializerSnapshot,
  type SerializerSnapshot,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import { AVRO, isAvro } from '../resolve/snapshot-kinds.js';
import { badText, type TextPlace } from '../yaml/read-yaml.js';
import { eachType, runtimeTypeOf, stringTypes } from './runtime-type.js';
import { schemaProblem } from './schema-problems.js';

const GENERIC_RECORD = 'org.apache.avro.generic.GenericRecord';
const NEXT = 'mend the schema so that Avro 1.11 parses it';

/**
 * An `.avsc` as the snapshot that a job with this schema has. BAD_DOCUMENT with line and column where Avro refuses it. The
 * file does not say what the values are in Java: it is what `like`, the snapshot it is compared with, has; without that,
 * generic records. The strings of a generated class are what they are there too, since its compiler decides that and not
 * the file. Follows `org.apache.avro.Schema.Parser`, Avro 1.11.4.
 */
export function readAvsc(file: string, text: string, like?: SerializerSnapshot): AvroSnapshot {
  const schemaText = text.replace(/^\ufeff/, '').trim();
  const offset = text.indexOf(schemaText);
  const place = (at: number): TextPlace => placeIn(text, offset + at);
  if (schemaText === '') throw badText(file, place(0), 'the schema is empty', NEXT);
  const old = like !== undefined && isAvro(like) ? like : undefined;
  const snapshot = parse(file, schemaText, old?.runtimeType ?? GENERIC_RECORD, place);
  const problem = schemaProblem(snapshot.schema);
  if (problem !== undefined) throw badText(file, place(problem.at), problem.reason, NEXT);
  if (old === undefined || runtimeTypeOf(old, snapshot).className === undefined) return snapshot;
  const [stringType, ...others] = stringTypes(old.schema);
  if (stringType === undefined || others.length > 0) return snapshot;
  return parse(file, withStringType(snapshot, stringType), snapshot.runtimeType!, place);
}

function parse(
  file: string,
  schemaText: string,
  runtimeType: string,
  place: (at: number) => TextPlace,
): AvroSnapshot {
  const span = { file, start: 0, end: 0 };
  const head = { className: AVRO, version: 3, nested: [], span, runtimeType, schemaText };
  const output = new DataOutputView();
  writeSerializerSnapshot(output, head as SerializerSnapshot);
  const bytes = output.toBytes();
  try {
    const snapshot = readSerializerSnapshot(new DataInputView(bytes, file)) as AvroSnapshot;
    return { ...snapshot, span: { ...span, end: schemaText.length } };
  } catch (error) {
    if (!(error instanceof StatewrightError) || error.span === undefined) throw error;
    const at = unitAt(schemaText, bytes.length - error.span.start);
    throw badText(file, place(at), error.reason, NEXT);
  }
}

/** The index in a text at which so many bytes of its StringValue are left. */
function unitAt(text: string, bytesLeft: number): number {
  let at = text.length;
  for (let left = 0; left < bytesLeft && at > 0; ) {
    const unit = text.charCodeAt(--at);
    left += unit < 0x80 ? 1 : unit < 0x4000 ? 2 : 3;
  }
  return at;
}

function placeIn(text: string, at: number): TextPlace {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: at - lineStart + 1 };
}

/** Gives every string and map of a schema the property that Avro's compiler gives them; those that have it keep theirs. */
function withStringType(snapshot: AvroSnapshot, stringType: string): string {
  const property = `"avro.java.string":${JSON.stringify(stringType)}`;
  const edits: { readonly at: number; readonly end: number; readonly text: string }[] = [];
  eachType(snapshot.schema, (type) => {
    const isText = type.kind === 'map' || (type.kind === 'primitive' && type.type === 'string');
    if (!isText || type.props.has('avro.java.string')) return;
    const { at } = type;
    if (snapshot.schemaText[at] === '{') edits.push({ at: at + 1, end: at + 1, text: `${property},` });
    else edits.push({ at, end: type.end, text: `{"type":"string",${property}}` });
  });
  let text = snapshot.schemaText;
  for (const { at, end, text: inserted } of edits.sort((a, b) => b.at - a.at)) {
    text = text.slice(0, at) + inserted + text.slice(end);
  }
  return text;
}
