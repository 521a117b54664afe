import { concreteClass, type GenericsScope } from '../generics-scope.js';
import { arrayOf, erasure, isPlain, OBJECT } from '../java-types.js';
import type { KryoClassLayout, KryoField, KryoFieldType } from '../layout.js';
import type { Generics, ObjectGraph } from '../object-graph.js';
import { asDeclared, type Body } from './body.js';
import { type FieldClass, finalType, type Make, sortedFields } from './fields.js';
import { primitiveReaders } from './primitives.js';

/** What Kryo 2 makes of a declared type: the class of the field, and what it tells that class's serializer. */
interface FieldPlan extends FieldClass {
  readonly generics: readonly (string | undefined)[] | undefined;
}

const PRIMITIVES = primitiveReaders(2);

/**
 *     fields, sorted by name
 *       primitive             as it is
 *       of a final class      reference, body
 *       of any other class    class, reference, body; or 0
 *
 * Type variables are looked up by name among the classes around, so that a variable may make a field's class final.
 * Follows `FieldSerializer`, `ObjectField` and `FieldSerializerGenericsUtil`, Kryo 2.24.
 */
export function fieldsBody2(layout: KryoClassLayout, make: Make): Body {
  const fields = sortedFields(layout);
  const generic = layout.typeParameters.length > 0;
  const plain = generic ? undefined : fields.map(({ type }) => planOf(type, undefined));
  return (graph, generics) => {
    const around = graph.scope;
    const scope = generic ? scopeOf(layout, graph, generics) : undefined;
    const plans = plain ?? fields.map(({ type }) => planOf(type, scope));
    if (scope !== undefined) graph.scope = scope;
    const values: unknown[] = [];
    for (let i = 0; i < fields.length; i++) values.push(readField(graph, fields[i]!, plans[i]!));
    graph.scope = around;
    return make(values, graph);
  };
}

function scopeOf(
  { className, typeParameters }: KryoClassLayout,
  graph: ObjectGraph,
  generics: Generics,
): GenericsScope {
  if (generics === 'stale') {
    const reason = `${className} has type parameters, and what they stand for depends on values that were written before`;
    throw graph.errorAt(graph.input.pos, 'NOT_SUPPORTED', reason);
  }
  const classes = new Map<string, string>();
  typeParameters.forEach((name, i) => {
    const known = generics?.[i];
    if (known !== undefined) classes.set(name, known);
  });
  return { classes, around: graph.scope };
}

function readField(graph: ObjectGraph, { name, type }: KryoField, plan: FieldPlan): unknown {
  graph.path.push(name);
  const value =
    type.kind === 'primitive' ? PRIMITIVES.get(type.name)!(graph.input) : readObjectField(graph, type, plan);
  graph.path.pop();
  return value;
}

function readObjectField(graph: ObjectGraph, type: KryoFieldType, plan: FieldPlan): unknown {
  const declared = type.kind === 'variable' ? undefined : erasure(type);
  const known = finalType(graph, plan);
  if (known !== undefined) return asDeclared(graph.readObjectOrNull(known, plan.generics), declared);
  const found = graph.readClass();
  return found === undefined ? null : asDeclared(graph.readObject(found, plan.generics), declared);
}

function planOf(type: KryoFieldType, scope: GenericsScope | undefined): FieldPlan {
  const className = erasure(type);
  if (isPlain(type)) return { className, generics: undefined };
  const generics = genericsOf(type, scope);
  const concrete = type.kind === 'variable' ? generics?.[0] : undefined;
  return { className: concrete ?? className, generics: generics?.[0] === undefined ? undefined : generics };
}

/** `computeFieldGenerics`: of an array, those of its elements. */
function genericsOf(
  type: KryoFieldType,
  scope: GenericsScope | undefined,
): readonly (string | undefined)[] | undefined {
  switch (type.kind) {
    case 'class':
      return type.arguments.length === 0 ? undefined : type.arguments.map((one) => argumentClass(one, scope));
    case 'array':
      return genericsOf(type.element, scope);
    case 'variable': {
      const found = scope && concreteClass(scope, type.name);
      return found === undefined ? undefined : [found];
    }
    default:
      return undefined;
  }
}

/** The class that an argument is taken for; undefined where Kryo 2 does not look. */
function argumentClass(type: KryoFieldType, scope: GenericsScope | undefined): string | undefined {
  if (type.kind === 'wildcard') return OBJECT;
  if (type.kind === 'variable') return scope && concreteClass(scope, type.name);
  if (type.kind !== 'array' || isPlain(type)) return erasure(type);
  const { element } = type;
  if (element.kind !== 'variable' || scope === undefined) return undefined;
  const found = concreteClass(scope, element.name);
  return found === undefined ? undefined : arrayOf(found);
}
