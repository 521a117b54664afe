import type { PojoSnapshot, SerializerSnapshot } from '@statewright/serializers';
import type { Answer } from '../../verdict.js';
import {
  type Comparison,
  combine,
  combineVerdicts,
  type Remark,
  remark,
  single,
  type Told,
  worst,
} from '../comparison.js';
import { serializerName } from '../names.js';
import { readsItself } from '../reads-itself.js';
import { isPojo } from '../snapshot-kinds.js';
import { changed } from './changed.js';
import { type Family, family, type Pair } from './family.js';
import { type FieldFate, fateOf, fieldsOf } from './pojo-fields.js';
import { absentSubclass, subclassRemarks } from './pojo-subclasses.js';

/**
 * The same class; every recorded subclass still there; then the fields that both have and the registered subclasses that
 * both have, by name. A field added or removed migrates. Follows
 * `PojoSerializerSnapshot#resolveSchemaCompatibility`, Flink 1.20 and 2.3.
 */
export const POJO_FAMILY: Family = family({
  is: isPojo,
  resolve(pair) {
    const { old, now, path, world } = pair;
    if (!isPojo(old)) return changed(pair);
    const told = { path, verdict: 'INCOMPATIBLE' } as const;
    if (old.pojoClass !== now.pojoClass) {
      const reason = `the POJO was ${old.pojoClass}, but the new job has ${now.pojoClass}`;
      return single({ ...told, code: 'pojo-class-changed', reason }, old, now);
    }
    const absent = absentSubclass(old, world);
    if (absent !== undefined) {
      const reason = `the subclass ${absent} of ${old.pojoClass} cannot be read in the new job`;
      return single({ ...told, code: 'pojo-subclass-missing', reason }, old, now);
    }
    const { parts, remarks } = compareFields(pair, old);
    return assemble(combine([...parts, ...commonSubclasses(pair, old)]), [
      ...remarks,
      ...subclassRemarks(pair, old),
    ]);
  },
});

/** One comparison out of what the parts and what the POJO itself have to say. */
function assemble(parts: Comparison, remarks: readonly Remark[]): Comparison {
  return {
    verdict: combineVerdicts([parts.verdict, ...remarks.map(({ verdict }) => verdict)]),
    throws: parts.throws,
    bytes: worst([parts.bytes, ...remarks.map(({ bytes }) => bytes)]),
    objects: worst([parts.objects, ...remarks.map(({ objects }) => objects)]),
    remarks: [...remarks, ...parts.remarks],
  };
}

interface ComparedFields {
  readonly parts: readonly Comparison[];
  readonly remarks: readonly Remark[];
}

function compareFields(pair: Pair<PojoSnapshot>, old: PojoSnapshot): ComparedFields {
  const { now, world } = pair;
  const fields = fieldsOf(now);
  const parts: Comparison[] = [];
  const remarks: Remark[] = [];
  const present: string[] = [];
  const moved = new Set<string>();
  for (const entry of old.fields) {
    const fate = fateOf(entry, now, fields, world);
    if (fate.kind === 'present') {
      present.push(entry.name);
      parts.push(
        typeChange(pair.below(fate.old, fate.now, `field ${entry.name}`), [
          ...pair.path,
          `field ${entry.name}`,
        ]),
      );
    } else {
      moved.add(entry.name);
      remarks.push(fieldRemark(pair, entry.name, fate, entry.value));
    }
  }
  for (const [name, { value }] of fields) {
    if (present.includes(name) || moved.has(name)) continue;
    const reason = `field ${name} of ${now.pojoClass} is new; it gets the default of its class`;
    const path = [...pair.path, `field ${name}`];
    remarks.push(
      remark({ path, code: 'pojo-field-added', verdict: 'AFTER_MIGRATION', reason }, undefined, value),
    );
  }
  const order = orderRemark(pair, old, present, [...fields.keys()]);
  return { parts, remarks: order === undefined ? remarks : [order, ...remarks] };
}

/** A field with another serializer has a code of its own. */
function typeChange(part: Comparison, path: readonly string[]): Comparison {
  const remarks = part.remarks.map((said): Remark => {
    const isHere = said.path.length === path.length && said.verdict === 'INCOMPATIBLE';
    return isHere && said.code === 'serializer-changed' ? { ...said, code: 'pojo-field-type-changed' } : said;
  });
  return { ...part, remarks };
}

function fieldRemark(
  pair: Pair<PojoSnapshot>,
  name: string,
  fate: Exclude<FieldFate, { kind: 'present' }>,
  value: SerializerSnapshot | undefined,
): Remark {
  const path = [...pair.path, `field ${name}`];
  return remark({ path, ...tellFate(pair.now.pojoClass, name, fate, value) }, value, undefined);
}

function tellFate(
  pojoClass: string,
  name: string,
  fate: Exclude<FieldFate, { kind: 'present' }>,
  value: SerializerSnapshot | undefined,
): Omit<Told, 'path'> {
  switch (fate.kind) {
    case 'removed': {
      const objects: Answer = value === undefined ? 'no' : readsItself(value);
      const reason = `field ${name} of ${pojoClass} is gone; its values are read${value === undefined ? '' : ` with ${serializerName(value)}`} and dropped`;
      return { code: 'pojo-field-removed', verdict: 'AFTER_MIGRATION', reason, objects };
    }
    case 'moved': {
      const reason = `field ${name} was declared by ${fate.from} and is by ${fate.to}: Flink takes it for another field and drops its values`;
      return { code: 'pojo-field-moved', verdict: 'AFTER_MIGRATION', reason, bytes: 'no', objects: 'no' };
    }
    case 'unreadable': {
      const reason = `field ${name} of ${pojoClass} cannot be restored: ${fate.reason}`;
      return {
        code: 'pojo-field-unreadable',
        verdict: 'AFTER_MIGRATION',
        reason,
        bytes: 'no',
        objects: 'no',
      };
    }
    case 'undetermined': {
      const reason = `field ${name} was declared by ${fate.from} and is by ${fate.to}; which of them extends the other no snapshot tells`;
      return { code: 'pojo-field-moved', verdict: 'UNKNOWN', reason };
    }
  }
}

/** Flink does not compare the order of fields, because it sorts them by name; a snapshot by others may differ. */
function orderRemark(
  { now, path }: Pair<PojoSnapshot>,
  old: PojoSnapshot,
  present: readonly string[],
  names: readonly string[],
): Remark | undefined {
  const isSame = present.length === names.length && present.length === old.fields.length;
  if (!isSame || present.every((name, i) => names[i] === name)) return undefined;
  const reason = `the fields of ${now.pojoClass} stand in another order, which Flink does not compare`;
  return remark({ path, code: 'pojo-field-moved', verdict: 'AS_IS', reason, bytes: 'no' }, old, now);
}

function commonSubclasses(pair: Pair<PojoSnapshot>, old: PojoSnapshot): readonly Comparison[] {
  const news = new Map(pair.now.registeredSubclasses.map(({ name, value }) => [name, value]));
  return old.registeredSubclasses.flatMap(({ name, value }) => {
    const now = news.get(name);
    if (value === undefined || now === undefined) return [];
    return [pair.below(value, now, `subclass ${name}`)];
  });
}
