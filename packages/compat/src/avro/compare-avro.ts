import type { AvroSnapshot } from '@statewright/serializers';
import { type Comparison, type Remark, remark, SAME, type Told, worst } from '../resolve/comparison.js';
import type { Answer, Target } from '../verdict.js';
import { misfitsByPosition } from './by-position.js';
import type { Misfit } from './misfit.js';
import { type AvroIncompatibility, checkReaderWriter } from './reader-writer.js';
import { misfitsResolving } from './resolving.js';
import { isGenerated, runtimeTypeOf } from './runtime-type.js';
import { schemaChanges } from './schema-changes.js';
import { schemasEqual } from './schema-equals.js';
import { schemaProblem } from './schema-problems.js';
import { shown } from './type-text.js';

/**
 * Compares two snapshots of `AvroSerializer`. The verdict depends on the schemas alone, whatever the runtime types are:
 * equal as `Schema#equals`, else readable as `SchemaCompatibility`. Whether a migration does what it promises depends on
 * the runtime types: a generated or reflected class reads old bytes with both schemas, a generic record is read with the
 * old schema and written by position. Follows `AvroSerializerSnapshot#resolveSchemaCompatibility`, `#restoreSerializer`
 * and `AvroFactory`, Flink 1.20 and 2.3.
 */
export function compareAvro(old: AvroSnapshot, now: AvroSnapshot, target: Target): Comparison {
  const says = (told: Told): Remark => remark(told, old, now);
  const problem = schemaProblem(old.schema);
  if (problem !== undefined) {
    const reason = `Avro refuses the old schema when the new job reads it: ${problem.reason}`;
    return refused(
      says({ path: [], code: 'avro-schema-incompatible', verdict: 'INCOMPATIBLE', reason }),
      reason,
    );
  }
  const classes = compareClasses(old, now, target);
  const classRemarks = classes.told === undefined ? [] : [says(classes.told)];
  if (schemasEqual(old.schema, now.schema)) {
    if (classes.told === undefined) return SAME;
    return { ...SAME, objects: classes.objects, remarks: classRemarks };
  }
  const { incompatibilities, throws } = checkReaderWriter(now.schema, old.schema);
  if (throws !== undefined) {
    const told: Told = {
      path: [],
      code: 'avro-schema-incompatible',
      verdict: 'INCOMPATIBLE',
      reason: throws,
    };
    return refused(says(told), `Avro cannot compare the schemas: ${throws}`);
  }
  if (incompatibilities.length > 0) {
    const remarks = incompatibilities.flatMap(innermost).map((one) => says(incompatible(one)));
    return { verdict: 'INCOMPATIBLE', throws: undefined, bytes: 'no', objects: 'no', remarks };
  }
  const remarks = [...migrationRemarks(old, now, classes.sameClass).map(says), ...classRemarks];
  const objects = worst(remarks.map((one) => one.objects));
  return { verdict: 'AFTER_MIGRATION', throws: undefined, bytes: 'unknown', objects, remarks };
}

function refused(said: Remark, throws: string): Comparison {
  return { verdict: 'INCOMPATIBLE', throws, bytes: 'no', objects: 'no', remarks: [said] };
}

/** What is wrong inside a branch says more than that the branch is missing. */
function innermost(one: AvroIncompatibility): readonly AvroIncompatibility[] {
  return one.causes.length === 0 ? [one] : one.causes.flatMap(innermost);
}

function incompatible({ path, reason }: AvroIncompatibility): Told {
  return { path, code: 'avro-schema-incompatible', verdict: 'INCOMPATIBLE', reason };
}

/** Every change, then what the migration makes wrong. The old bytes themselves are never read with the new schema alone. */
function migrationRemarks(old: AvroSnapshot, now: AvroSnapshot, sameClass: boolean): readonly Told[] {
  const verdict = 'AFTER_MIGRATION';
  const changes = schemaChanges(old.schema, now.schema);
  const found: readonly Misfit[] = sameClass
    ? misfitsResolving(old.schema, now.schema)
    : misfitsByPosition(old.schema, now.schema);
  // A class that knows logical types may refuse what a generic record lets pass.
  const dies: Answer = sameClass ? 'unknown' : 'no';
  const misread = changes.filter((change) => change.misread).map((change) => ({ ...change, dies }));
  const misfits = [...found, ...misread];
  const harmless = changes.filter((change) => !change.misread);
  const shownChanges =
    changes.length > 0 ? harmless : [{ path: [], reason: 'the two schemas are not equal' }];
  return [
    ...shownChanges.map(
      ({ path, reason }): Told => ({ path, code: 'avro-schema-changed', verdict, reason, bytes: 'unknown' }),
    ),
    ...misfits.map(
      ({ path, reason, dies }): Told => ({
        path,
        code: 'avro-migration-fails',
        verdict,
        reason,
        bytes: 'unknown',
        objects: 'no',
        dies,
      }),
    ),
  ];
}

interface ClassComparison {
  /** Values are read by a class of the new job that has both schemas. */
  readonly sameClass: boolean;
  /** What the exchange of the class alone makes of values that the old serializer read. */
  readonly objects: Answer;
  readonly told: Told | undefined;
}

/**
 * The runtime types of both sides. A class that only the old side names is taken to be in the new job still: nobody knows.
 * In memory the objects of the old serializer stay what they are.
 */
function compareClasses(old: AvroSnapshot, now: AvroSnapshot, target: Target): ClassComparison {
  const before = runtimeTypeOf(old, now).className;
  const after = runtimeTypeOf(now, old).className;
  if (before === after) return { sameClass: before !== undefined, objects: 'yes', told: undefined };
  const inMemory = target.backend === 'hashmap';
  const needs =
    before === undefined
      ? ''
      : `; the new job must still have ${shown(before)}, or reading the snapshot fails`;
  if (after === undefined) {
    const objects = isGenerated(old.schema) ? 'yes' : 'unknown';
    const reason = `objects of the class ${shown(before!)} are written as generic records now, which works if it was generated by Avro${needs}`;
    return { sameClass: false, objects, told: classTold(reason, objects) };
  }
  const objects = inMemory ? 'no' : 'yes';
  const from = before === undefined ? 'generic records' : `objects of the class ${shown(before)}`;
  const meets = inMemory ? ', and a job that takes them from memory gets a ClassCastException' : '';
  const reason = `the state's values were ${from} and are ${shown(after)} now${meets}${needs}`;
  return { sameClass: false, objects, told: classTold(reason, objects) };
}

function classTold(reason: string, objects: Answer): Told {
  return { path: [], code: 'class-changed', verdict: 'AS_IS', reason, objects };
}
