import { AvroUnionValue, type TypeDescription } from '@statewright/serializers';
import { type At, type JsonReader, misfit, misfitReason, type ReaderOf, tagged } from './reader.js';

/**
 * A union of Avro: `{"union": [branch, value]}` says which branch; a bare value is that of the only branch it fits. Which of
 * several it was nobody can tell from JSON, so that is an error and never the first of them.
 */
export function union(type: TypeDescription, readerOf: ReaderOf): JsonReader {
  const branches = (type.fields ?? []).map((field) => ({ name: field.name, read: readerOf(field.type) }));
  return (json, at) => {
    if (json instanceof AvroUnionValue) return json;
    const said = tagged(json, 'union');
    const [position, inner] = Array.isArray(said) && said.length === 2 ? said : [];
    const chosen = branches[Number(position)];
    if (chosen !== undefined) return new AvroUnionValue(Number(position), chosen.read(inner, at));
    const fitting = branches.flatMap(({ name, read }, i) => {
      const found = attempt(read, json, at);
      return found === undefined ? [] : [{ name, value: new AvroUnionValue(i, found.value) }];
    });
    if (fitting.length === 1) return fitting[0]!.value;
    const names = branches.map(({ name }) => name).join(', ');
    if (fitting.length === 0) throw misfit(at, json, `a value of the union of ${names}`);
    const reason = `it may be of ${fitting.map(({ name }) => name).join(' or ')} in the union of ${names}`;
    throw misfitReason(at, reason, 'write {"union": [position of the branch, value]}');
  };
}

/** What a branch reads, in a box; undefined where the value is none of its own. */
function attempt(read: JsonReader, json: unknown, at: At): { readonly value: unknown } | undefined {
  const trial: At = { path: [...at.path], unsure: false };
  try {
    const value = read(json, trial);
    return trial.unsure && value === null ? undefined : { value };
  } catch {
    return undefined;
  }
}
