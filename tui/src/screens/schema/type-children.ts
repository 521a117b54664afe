import type { TypeDescription } from '@statewright/serializers';
import type { PlanPlace } from '../../plan/place.js';
import type { DeclaredBy } from './declared.js';
import { isSameKind, type TypePair } from './marks.js';

/** Where a type stands. */
export interface Types {
  readonly declaredBy: DeclaredBy;
  /** `CLASS#NEW` of renamed fields to the old name. */
  readonly renames: ReadonlyMap<string, string>;
  /** The state; absent where it is left out. */
  readonly place?: PlanPlace;
  readonly part?: 'key' | 'namespace' | 'value';
  /** It is the value of the state. */
  readonly root?: boolean;
  /** It is the type of this field of a POJO. */
  readonly field?: { readonly className: string; readonly name: string };
  /** The POJO that it is a field of. */
  readonly pojo?: string;
}

/** A type inside of another one. */
export interface TypeChild {
  readonly label: string;
  readonly pair: TypePair;
  readonly types: Types;
}

type Field = NonNullable<TypeDescription['fields']>[number];

/** What a TTL value's time, or a timer's timestamp, is called: the same in all. */
const HIDDEN: { readonly [type: string]: readonly string[] } = {
  ttl: ['lastAccess'],
  timer: ['timestamp'],
};

/** Types whose parts may always be null, so that saying so says nothing. */
const ALWAYS_NULLABLE: ReadonlySet<string> = new Set(['pojo', 'row', 'map', 'set', 'nullable']);

/** The types inside of a type: fields first, then known subclasses; what is left out stands behind the others. */
export function typeChildren(pair: TypePair, types: Types): readonly TypeChild[] {
  const { now, was } = pair;
  const type = (now ?? was)!;
  const compared = isSameKind(pair) ? was : undefined;
  const after = now?.fields ?? [];
  const before = now === undefined ? (was?.fields ?? []) : (compared?.fields ?? []);
  const seen = new Set<string>();
  const fields = after.map((field): TypeChild => {
    const inner = innerTypes(field, type, types);
    const old = oldField(field, before, inner, types);
    if (old !== undefined) seen.add(old.name);
    const renamed = old !== undefined && old.name !== field.name ? old.name : undefined;
    // Of another type than before nothing inside is compared.
    const unknown = compared === undefined ? (was === undefined ? undefined : field.type) : undefined;
    const nullable = field.nullable === true && !ALWAYS_NULLABLE.has(type.type);
    return {
      label: field.name,
      pair: { now: field.type, was: old?.type ?? unknown, renamed, nullable },
      types: inner,
    };
  });
  const gone = before
    .filter(({ name }) => !seen.has(name))
    .map(
      ({ name, type: old }): TypeChild => ({
        label: name,
        pair: { now: undefined, was: old },
        types: plain(types),
      }),
    );
  return [...fields, ...gone, ...subclasses(pair, types)].filter(
    ({ label }) => HIDDEN[type.type]?.includes(label) !== true,
  );
}

/** What stays the same on the way down. */
function plain({ field: _field, pojo: _pojo, root: _root, ...rest }: Types): Types {
  return rest;
}

function innerTypes({ name }: Field, type: TypeDescription, types: Types): Types {
  if (type.type !== 'pojo' || type.class === undefined) return plain(types);
  const className = types.declaredBy(type.class, name);
  return { ...plain(types), field: { className, name }, pojo: type.class };
}

function oldField(
  field: Field,
  before: readonly Field[],
  { field: place }: Types,
  { renames }: Types,
): Field | undefined {
  const old = place === undefined ? undefined : renames.get(`${place.className}#${place.name}`);
  return before.find(({ name }) => name === (old ?? field.name));
}

function subclasses({ now, was }: TypePair, types: Types): readonly TypeChild[] {
  return ((now ?? was)?.subclasses ?? []).map(({ name, type }): TypeChild => {
    const old = was?.subclasses?.find((each) => each.name === name)?.type;
    const pair =
      now === undefined
        ? { now: undefined, was: type }
        : { now: type, was: was === undefined ? undefined : (old ?? type) };
    return { label: `subclass ${name}`, pair, types: plain(types) };
  });
}
