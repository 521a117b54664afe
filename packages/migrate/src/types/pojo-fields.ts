import { closest } from '@statewright/inspect';
import type { PojoSnapshot, SerializerSnapshot } from '@statewright/serializers';
import type { StepContext } from '../steps/step.js';
import { isPojo, type NewField, type PojoField, withFields } from './pojo.js';
import type { TypeChange, TypeRule } from './type-change.js';

/** A field of a class, as a step names it. */
export interface FieldName {
  readonly className: string;
  readonly field: string;
}

/** The options `class` and `field` of a step. */
export function fieldOptions({ step }: StepContext): FieldName {
  return { className: String(step.options.class), field: String(step.options.field) };
}

/** Every field as it is. */
export function sameFields({ fields }: PojoSnapshot): NewField[] {
  return fields.map((field, from) => ({ field, from }));
}

/** Whether a POJO is the class, or known to be a subclass of it. */
export function isOrExtends(pojo: PojoSnapshot, className: string, superclasses: readonly string[]): boolean {
  return (
    pojo.pojoClass === className ||
    superclasses.includes(className) ||
    pojo.fields.some(({ key }) => key?.declaringClass === className)
  );
}

/**
 * A rule for one field that a class declares: in its own serializer and in those of subclasses, which hold it too. `change`
 * gets the POJO and the field's position. The step's error when a POJO of the class has no such field; `met` tells whether
 * any had.
 */
export function fieldRule(
  context: StepContext,
  { className, field }: FieldName,
  change: (pojo: PojoSnapshot, position: number, old: PojoField) => TypeChange,
): TypeRule {
  return (node) => {
    if (!isPojo(node)) return undefined;
    const position = node.fields.findIndex(
      ({ name, key }) => name === field && (key?.declaringClass ?? node.pojoClass) === className,
    );
    if (position >= 0) return change(node, position, node.fields[position]!);
    if (node.pojoClass === className) throw noField(context, node, field);
    return undefined;
  };
}

function noField({ step }: StepContext, pojo: PojoSnapshot, field: string): Error {
  const inherited = pojo.fields.find(({ name }) => name === field);
  if (inherited !== undefined) {
    const owner = inherited.key?.declaringClass;
    return step.error(['class'], `${field} is a field of the superclass ${owner}`, `name that class`);
  }
  const names = pojo.fields.map(({ name }) => name);
  const near = closest(field, names, 3);
  const next = near.length > 0 ? `did you mean ${near.join(' or ')}` : `it has ${names.join(', ')}`;
  return step.error(['field'], `${pojo.pojoClass} has no field ${JSON.stringify(field)}`, next);
}

/** Throws the step's error when the POJO has a field of that name already. */
export function expectNewName(
  { step }: StepContext,
  pojo: PojoSnapshot,
  field: string,
  option: string,
): void {
  if (!pojo.fields.some(({ name }) => name === field)) return;
  throw step.error([option], `${pojo.pojoClass} has a field ${JSON.stringify(field)} already`);
}

/** A POJO without one of its fields. */
export function withoutField(pojo: PojoSnapshot, position: number): TypeChange {
  return withFields(
    pojo,
    sameFields(pojo).filter((_, i) => i !== position),
  );
}

/** A POJO with another field in the place of one. */
export function withField(pojo: PojoSnapshot, position: number, now: NewField): TypeChange {
  return withFields(
    pojo,
    sameFields(pojo).map((field, i) => (i === position ? now : field)),
  );
}

/** A field that a class declares. */
export function fieldOf(className: string, name: string, value: SerializerSnapshot): PojoField {
  return { name, key: { declaringClass: className, fieldName: name }, value };
}
