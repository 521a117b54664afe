import { typeText } from '@statewright/inspect';
import { escapeText } from '@statewright/report';
import type { State } from '@statewright/savepoint';
import type { TypeDescription } from '@statewright/serializers';
import type { TreeItem } from '../../components/tree/tree.js';
import type { Session } from '../../data/session.js';
import { shortAddress } from '../../data/short-address.js';
import type { Span } from '../../line/line.js';
import type { PlanPlace } from '../../plan/place.js';
import { type PartTypes, type PlannedRow, statePlace, typesOf } from '../../plan/planned-states.js';
import { declaredBy } from './declared.js';
import { changeSpans, type TypePair } from './marks.js';
import { type Types, typeChildren } from './type-children.js';

/** A node of the types, and what a step on it would be about. */
export interface TypeItem extends TreeItem {
  /** Undefined for what is left out. */
  readonly place: PlanPlace | undefined;
  child(index: number): TypeItem;
}

/** A state with its types below: as the draft leaves it, marked where that is not as it was. */
export function stateItem(session: Session, row: PlannedRow): TypeItem {
  const { now, was, operatorName } = row;
  const state = (now ?? was)!;
  const place = now === undefined ? undefined : statePlace(session, { ...row, now });
  const names = PARTS.filter((name) => typesOf(session, state)[name] !== undefined);
  // As it was called: renaming leaves it open, and the cursor on it.
  const first = was ?? state;
  return {
    key: encodeURIComponent(`${first.operator.id} ${first.kind} ${first.name}`),
    label: escapeText(shortAddress(`${operatorName}/${state.name}`)),
    text: () => [
      { text: `${state.kind}${state.ttl ? ', ttl' : ''}  ` },
      { text: escapeText(typeText(typesOf(session, state).value, 0)), role: 'type' },
      ...stateMark(now, was, operatorName),
    ],
    count: names.length,
    child: (i) => partItem(session, row, place, names[i]!),
    place,
  };
}

const PARTS: readonly (keyof PartTypes)[] = ['key', 'namespace', 'value'];

function stateMark(now: State | undefined, was: State | undefined, operatorName: string): readonly Span[] {
  if (now === undefined) return [{ text: '  - left out', role: 'bad' }];
  if (was === undefined) return [{ text: '  + new', role: 'good' }];
  const before = `${was.operator.uid ?? was.operator.id}/${was.name}`;
  const after = `${operatorName}/${now.name}`;
  return before === after ? [] : [{ text: `  > was ${escapeText(shortAddress(before))}`, role: 'warn' }];
}

/** The key, namespace or value of a state. */
function partItem(
  session: Session,
  { now, was }: PlannedRow,
  place: PlanPlace | undefined,
  name: keyof PartTypes,
): TypeItem {
  const pair = { now: now && typesOf(session, now)[name], was: was && typesOf(session, was)[name] };
  return typeItem(name, pair, {
    declaredBy: declaredBy((now ?? was)!),
    renames: renamesOf(session),
    // The keys of broadcast state are part of what it holds.
    part: place?.state?.kind === 'broadcast' ? 'value' : name,
    ...(place === undefined ? {} : { place }),
    ...(name === 'value' ? { root: true } : {}),
  });
}

/** New names of fields by the steps of the draft: `CLASS#NEW` to the old one. */
function renamesOf({ draft }: Session): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  for (const { verb, options } of draft.steps) {
    if (verb !== 'rename-field') continue;
    const [own, old, to] = [options.class, options.field, options.to].map(String);
    const first = renames.get(`${own}#${old}`) ?? old!;
    renames.delete(`${own}#${old}`);
    renames.set(`${own}#${to}`, first);
  }
  return renames;
}

/** A type with the types inside of it. */
export function typeItem(label: string, pair: TypePair, types: Types): TypeItem {
  const { now, was, renamed } = pair;
  const type = (now ?? was)!;
  const children = typeChildren(pair, types);
  return {
    key: encodeURIComponent(`${now === undefined ? '-' : ''}${renamed ?? label}`),
    label: escapeText(label),
    text: () => [...typeSpans(type, pair.nullable === true), ...changeSpans({ now, was, renamed })],
    count: children.length,
    child: (i) => {
      const { label: name, pair: own, types: inner } = children[i]!;
      return typeItem(name, own, inner);
    },
    place: now === undefined || types.place === undefined ? undefined : placeOf(now, types),
  };
}

function typeSpans(type: TypeDescription, nullable: boolean): readonly Span[] {
  const text = escapeText(typeText(type, 0)) + (nullable ? '?' : '');
  if (type.opaque === undefined) return [{ text, role: 'type' }];
  return [
    { text, role: 'opaque' },
    { text: `  opaque: ${escapeText(type.opaque)}`, role: 'dim' },
  ];
}

function placeOf(type: TypeDescription, { place, part, root, field, pojo }: Types): PlanPlace {
  const own = type.type === 'pojo' ? type.class : pojo;
  return {
    ...place!,
    level: root === true ? 'value' : field === undefined ? 'type' : 'field',
    type,
    ...(part === undefined ? {} : { part }),
    ...(field === undefined ? {} : { field }),
    ...(own === undefined ? {} : { pojo: own }),
  };
}
