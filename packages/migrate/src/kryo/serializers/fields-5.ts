import type { GenericType } from '../generics-stack.js';
import { arrayOf, erasure, isPlain, OBJECT } from '../java-types.js';
import type { KryoClassLayout, KryoField, KryoFieldType } from '../layout.js';
import type { KryoClass, ObjectGraph } from '../object-graph.js';
import { asDeclared, type Body } from './body.js';
import { type FieldClass, finalType, type Make, sortedFields } from './fields.js';
import { primitiveReaders } from './primitives.js';

interface FieldPlan extends KryoField, FieldClass {
  readonly generic: GenericType;
}

const PRIMITIVES = primitiveReaders(5);

/**
 *     fields, sorted by name
 *       primitive             as it is
 *       of a final class      reference, body
 *       of any other class    class, reference, body; or 0
 *
 * A type variable that the fields around bind to a final class makes a field final. Follows `FieldSerializer`,
 * `CachedFields` and `ReflectField`, Kryo 5.6.
 */
export function fieldsBody5(layout: KryoClassLayout, make: Make): Body {
  const plans: readonly FieldPlan[] = sortedFields(layout).map((field) => {
    const generic = genericType(field.type, layout.className);
    return { ...field, generic, className: generic.className ?? erasure(field.type) };
  });
  return (graph) => {
    const bound = bindVariables(layout, graph);
    graph.generics.pushVariables(bound);
    const values: unknown[] = [];
    for (const plan of plans) values.push(readField(graph, plan));
    graph.generics.popVariables(bound.length);
    graph.generics.pop();
    return make(values, graph);
  };
}

function readField(graph: ObjectGraph, plan: FieldPlan): unknown {
  graph.path.push(plan.name);
  const { type } = plan;
  const value =
    type.kind === 'primitive' ? PRIMITIVES.get(type.name)!(graph.input) : readObjectField(graph, plan);
  graph.path.pop();
  return value;
}

function readObjectField(graph: ObjectGraph, plan: FieldPlan): unknown {
  const declared = plan.type.kind === 'variable' ? undefined : erasure(plan.type);
  const concrete = concreteOf(graph, plan);
  const found = concrete ?? graph.readClass();
  if (found === undefined) return null;
  graph.generics.push(plan.generic);
  const value =
    concrete === undefined ? graph.readObject(found, undefined) : graph.readObjectOrNull(found, undefined);
  graph.generics.pop();
  return asDeclared(value, declared);
}

/** `ReflectField#resolveFieldClass`: the class of the field when it is final. */
function concreteOf(graph: ObjectGraph, plan: FieldPlan): KryoClass | undefined {
  const { generic, type } = plan;
  const known = finalType(graph, plan);
  if (known !== undefined || generic.variable === undefined) return known;
  const { classes } = graph;
  const resolved = graph.generics.resolve(generic);
  if (resolved === undefined || !classes.isFinal(resolved)) return undefined;
  return classes.named(type.kind === 'array' ? arrayOf(resolved) : resolved);
}

/** `GenericType`: class or variable, and arguments; of an array with arguments, those of its elements. */
function genericType(type: KryoFieldType, owner: string): GenericType {
  switch (type.kind) {
    case 'variable':
      return { className: undefined, variable: variableKey(owner, type.name), arguments: undefined };
    case 'class': {
      const given = type.arguments.map((one) => genericType(one, owner));
      return { className: type.name, variable: undefined, arguments: given.length === 0 ? undefined : given };
    }
    case 'wildcard': {
      const bound = type.bound === undefined ? undefined : genericType(type.bound, owner);
      return { className: OBJECT, variable: undefined, ...bound, arguments: undefined };
    }
    case 'array': {
      const plain = { className: erasure(type), variable: undefined, arguments: undefined };
      if (isPlain(type)) return plain;
      const inner = genericType(innermost(type), owner);
      return inner.className === undefined ? inner : { ...inner, className: erasure(type) };
    }
    case 'primitive':
      return { className: type.name, variable: undefined, arguments: undefined };
  }
}

function innermost(type: KryoFieldType): KryoFieldType {
  return type.kind === 'array' ? innermost(type.element) : type;
}

function variableKey(owner: string, name: string): string {
  return `${owner}#${name}`;
}

/**
 * What the type parameters of a class stand for, from the arguments of the type that the field around declares:
 * `DefaultGenerics#pushTypeVariables`. An argument that is not known leaves its parameter to the next one.
 */
function bindVariables(
  { className, typeParameters, fields }: KryoClassLayout,
  graph: ObjectGraph,
): readonly (readonly [string, string])[] {
  const { generics } = graph;
  const given = generics.next();
  if (given === undefined || typeParameters.length > given.length) return [];
  if (!fields.some(({ type }) => mentionsVariable(type))) return [];
  if (given.length > typeParameters.length) {
    const reason = `${className} has ${typeParameters.length} type parameters, but the field around gives ${given.length}`;
    throw graph.errorAt(graph.input.pos, 'NOT_SUPPORTED', reason);
  }
  const known = given.map((one) => generics.resolve(one)).filter((name) => name !== undefined);
  return known.map((name, i) => [variableKey(className, typeParameters[i]!), name] as const);
}

function mentionsVariable(type: KryoFieldType): boolean {
  switch (type.kind) {
    case 'variable':
      return true;
    case 'class':
      return type.arguments.some(mentionsVariable);
    case 'array':
      return mentionsVariable(type.element);
    case 'wildcard':
      return type.bound !== undefined && mentionsVariable(type.bound);
    default:
      return false;
  }
}
