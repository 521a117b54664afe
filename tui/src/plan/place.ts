import type { TypeDescription } from '@statewright/serializers';

/** How deep a place lies: an operator, a state, its value as a whole, a type inside of it, a field of a POJO. */
export type PlaceLevel = 'operator' | 'state' | 'value' | 'type' | 'field';

/** What a step can be about: as it is called behind the steps of the draft. */
export interface PlanPlace {
  readonly level: PlaceLevel;
  /** `OPERATOR` by uid or id. */
  readonly operator: string;
  readonly maxParallelism?: number;
  readonly state?: PlaceState;
  /** The type of the node. */
  readonly type?: TypeDescription;
  /** The part of the state's entries that the node lies in. */
  readonly part?: 'key' | 'namespace' | 'value';
  /** A field of a POJO: the class that declares it, and its name. */
  readonly field?: { readonly className: string; readonly name: string };
  /** The class of the POJO: the node itself, or the one that has the field. */
  readonly pojo?: string;
}

/** The state that a place lies in. */
export interface PlaceState {
  /** `OPERATOR/STATE`. */
  readonly address: string;
  readonly name: string;
  readonly kind: string;
  readonly ttl: boolean;
  /** The type of its values. */
  readonly value: TypeDescription;
}

/** What a place is called in titles and messages; not escaped. */
export function placeName({ level, operator, state, field, type }: PlanPlace): string {
  if (level === 'operator') return operator;
  if (field !== undefined) return `${simpleName(field.className)}.${field.name}`;
  if (level === 'type' && type?.class !== undefined) return simpleName(type.class);
  return state?.address ?? operator;
}

function simpleName(className: string): string {
  return className.slice(className.lastIndexOf('.') + 1);
}

/** The type of a state's elements: of a list, of a map's values, else of the values themselves. */
export function elementType({ kind, value }: PlaceState): TypeDescription {
  const own = withoutTtl(value);
  const name =
    kind === 'list' && own.type === 'list' ? 'element' : kind === 'map' && own.type === 'map' ? 'value' : '';
  const inner = own.fields?.find((field) => field.name === name)?.type;
  return inner === undefined ? own : withoutTtl(inner);
}

/** The type of a state's values without the wrapper of TTL: what steps call its value. */
export function withoutTtl(type: TypeDescription): TypeDescription {
  return type.type === 'ttl' ? (type.fields?.find(({ name }) => name === 'value')?.type ?? type) : type;
}
