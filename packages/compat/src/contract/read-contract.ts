import { operatorIdOfUid } from '@statewright/savepoint';
import { isDay } from '../config/read-config.js';
import type {
  InlineIgnore,
  JobSchema,
  OperatorSchema,
  SchemaSource,
  SourcePlace,
} from '../schema/job-schema.js';
import { badText, readYaml, type YamlText } from '../yaml/read-yaml.js';
import { requireSchema } from '../yaml/require-schema.js';
import type { ContractDocument, IgnoreDocument, OperatorDocument } from './contract-document.js';
import { CONTRACT_SCHEMA } from './contract-schema.js';
import { readState } from './read-state.js';
import { type ReadBeside, type ReadType, typeReader } from './read-types.js';

type Path = readonly (string | number)[];

/** What the readers of a contract's parts have in common. */
export interface ContractReader {
  readonly yaml: YamlText;
  readonly readType: ReadType;
  /** Where the key at a path stands, as the schema keeps it. */
  placeOfKey(path: Path): SourcePlace;
  ignores(path: Path, documents: readonly IgnoreDocument[] | undefined): InlineIgnore[];
}

/**
 * Reads a state contract (`*.state.yaml`). `file` names it in errors and places; `readBeside` gives the text of a file that
 * a type names, relative to the contract. BAD_DOCUMENT with line and column at the first thing that is wrong; names of rules
 * are not looked at.
 */
export async function readContract(file: string, text: string, readBeside: ReadBeside): Promise<JobSchema> {
  const yaml = readYaml(file, text);
  await requireSchema(yaml, CONTRACT_SCHEMA);
  const document = yaml.value as ContractDocument;
  const source = sourceOf(yaml, document);
  const reader: ContractReader = {
    yaml,
    readType: typeReader(yaml, text, document, readBeside),
    placeOfKey: (path) => ({ file, ...yaml.placeOfKey(path) }),
    ignores: (path, documents) => readIgnores(yaml, path, documents),
  };
  const taken = new Map<string, string>();
  const operators = Object.entries(document.operators).map(([label, operator]) =>
    readOperator(reader, label, operator, taken),
  );
  return { source, operators, ignores: reader.ignores([], document.ignore), backend: document.backend };
}

function sourceOf(yaml: YamlText, { flink }: ContractDocument): SchemaSource {
  const source = { kind: 'contract', path: yaml.file } as const;
  if (flink === undefined) return { ...source, flinkVersions: undefined };
  const [first = '', last = first] = flink.split(' - ');
  const [a, b] = [first, last].map((version) => version.split('.').map(Number) as [number, number]);
  if (a![0] > b![0] || (a![0] === b![0] && a![1] > b![1])) {
    throw badText(
      yaml.file,
      yaml.placeOf(['flink']),
      `the range of releases begins at ${first} but ends at ${last}`,
    );
  }
  return { ...source, flinkVersions: [first, last] };
}

function readOperator(
  reader: ContractReader,
  label: string,
  operator: OperatorDocument,
  taken: Map<string, string>,
): OperatorSchema {
  const path = ['operators', label];
  const place = reader.placeOfKey(path);
  const { name, maxParallelism, otherState, key } = operator;
  const { id, uid } = identity(reader, label, operator);
  const other = taken.get(id);
  if (other !== undefined) {
    const at = reader.yaml.placeOfKey(path);
    throw badText(reader.yaml.file, at, `"${label}" and "${other}" are one operator: both have the id ${id}`);
  }
  taken.set(id, label);
  const common = key === undefined ? undefined : reader.readType([...path, 'key'], key);
  const names = new Map<string, string>();
  const states = Object.entries(operator.states ?? {}).map(([stateLabel, state]) =>
    readState(reader, [...path, 'states', stateLabel], state, { key: common, names }),
  );
  return {
    id,
    uid,
    name,
    parallelism: undefined,
    maxParallelism,
    states,
    hasOtherState: otherState === true,
    ignores: reader.ignores(path, operator.ignore),
    place,
  };
}

/** The key of an operator is its uid, unless `uid` says something else. */
function identity(
  { yaml }: ContractReader,
  label: string,
  operator: OperatorDocument,
): Pick<OperatorSchema, 'id' | 'uid'> {
  const uid = operator.uid === undefined ? label : (operator.uid ?? undefined);
  if (operator.id !== undefined) return { id: operator.id, uid };
  if (uid !== undefined) return { id: operatorIdOfUid(uid), uid };
  if (/^[0-9a-f]{32}$/.test(label)) return { id: label, uid };
  const reason = `an operator without a uid is called by its id, 32 hex digits, but "${label}" is given`;
  throw badText(yaml.file, yaml.placeOfKey(['operators', label]), reason);
}

function readIgnores(
  yaml: YamlText,
  path: Path,
  documents: readonly IgnoreDocument[] | undefined,
): InlineIgnore[] {
  return (documents ?? []).map(({ rule, reason, until }, i) => {
    const at = [...path, 'ignore', i];
    if (until !== undefined && !isDay(until)) {
      const place = yaml.placeOf([...at, 'until']);
      throw badText(yaml.file, place, `"${until}" is no day of the calendar`, 'write it as YYYY-MM-DD');
    }
    return { rule, reason, until, place: { file: yaml.file, ...yaml.placeOf(at) } };
  });
}
