import type { AvroEnum, AvroField, AvroRecord, AvroType, AvroUnion } from '@statewright/serializers';
import { pairMemo } from './pairs.js';
import { writerFieldsOf } from './reader-writer.js';
import { defaultsEqual, propsEqual } from './schema-equals.js';
import { branchNameOf, branchSegments, fieldSegment, shown, simpleNameOf, typeText } from './type-text.js';
import { unitChange } from './units.js';

/** One thing in which two schemas differ, in a person's words. */
export interface SchemaChange {
  /** From the schema inward. */
  readonly path: readonly string[];
  /** One sentence without a full stop. */
  readonly reason: string;
  /** The bytes stay the same but mean something else: milliseconds read as microseconds. */
  readonly misread: boolean;
}

type Changes = readonly SchemaChange[];
type Compare = (old: AvroType, now: AvroType) => Changes;

/** More are not worth showing. */
const MAX_CHANGES = 200;

/** What changed between two schemas, field by field; fields are matched by name and alias as Avro does. */
export function schemaChanges(old: AvroType, now: AvroType): Changes {
  const memo = pairMemo<Changes>();
  const compare: Compare = (a, b) => memo.of(a, b, [], () => limited(changesOf(a, b, compare)));
  return compare(old, now);
}

function limited(changes: Changes): Changes {
  return changes.length > MAX_CHANGES ? changes.slice(0, MAX_CHANGES) : changes;
}

function changed(reason: string, misread = false): SchemaChange {
  return { path: [], reason, misread };
}

function within(segments: readonly string[], changes: Changes): Changes {
  if (segments.length === 0) return changes;
  return changes.map((change) => ({ ...change, path: [...segments, ...change.path] }));
}

function changesOf(old: AvroType, now: AvroType, compare: Compare): Changes {
  if (old.kind === 'union' || now.kind === 'union') return unionChanges(old, now, compare);
  const own = [...nameChanges(old, now), ...propChanges(old, now)];
  if (old.kind === 'record' && now.kind === 'record') return [...own, ...fieldChanges(old, now, compare)];
  if (old.kind === 'array' && now.kind === 'array') {
    return [...own, ...within(['element'], compare(old.items, now.items))];
  }
  if (old.kind === 'map' && now.kind === 'map') {
    return [...own, ...within(['value'], compare(old.values, now.values))];
  }
  if (old.kind === 'enum' && now.kind === 'enum') return [...own, ...symbolChanges(old, now)];
  const same = old.kind === now.kind && typeText(old) === typeText(now);
  if (same || ('name' in old === 'name' in now && old.kind === now.kind && old.kind !== 'primitive'))
    return own;
  return [changed(`${typeText(old)} became ${typeText(now)}`), ...own];
}

function nameChanges(old: AvroType, now: AvroType): Changes {
  if (!('name' in old) || !('name' in now) || old.kind !== now.kind || old.name === now.name) return [];
  return [changed(`the ${old.kind} ${shown(old.name)} is named ${shown(now.name)} now`)];
}

function propChanges(old: AvroType, now: AvroType): Changes {
  if (propsEqual(old.props, now.props)) return [];
  const misread = unitChange(old, now);
  if (misread !== undefined) return [changed(misread, true)];
  const names = new Set([...old.props.keys(), ...now.props.keys()]);
  const differing = [...names].filter((name) => !defaultsEqual(old.props.get(name), now.props.get(name)));
  return [changed(`the property ${shown(differing.join(', '))} of ${typeText(old)} changed`)];
}

function symbolChanges(old: AvroEnum, now: AvroEnum): Changes {
  const before = new Set(old.symbols);
  const after = new Set(now.symbols);
  const added = now.symbols.filter((symbol) => !before.has(symbol));
  const gone = old.symbols.filter((symbol) => !after.has(symbol));
  const reasons: string[] = [];
  if (added.length > 0) reasons.push(`has ${shown(added.join(', '))} too now`);
  if (gone.length > 0) reasons.push(`no longer has ${shown(gone.join(', '))}`);
  const kept = now.symbols.filter((symbol) => before.has(symbol));
  const inOrder = old.symbols.filter((symbol) => after.has(symbol)).every((symbol, i) => symbol === kept[i]);
  if (!inOrder) reasons.push('has its symbols in another order');
  return reasons.map((reason) => changed(`the enum ${shown(now.name)} ${reason}`));
}

function fieldChanges(old: AvroRecord, now: AvroRecord, compare: Compare): Changes {
  const matched = new Map<AvroField, number>();
  const changes = now.fields.flatMap((field): Changes => {
    const path = [fieldSegment(field.name)];
    const [source] = writerFieldsOf(old, field);
    if (source === undefined) {
      const has = field.default === undefined ? 'without' : 'with';
      return [{ ...changed(`the field ${shown(field.name)} is new, ${has} a default`), path }];
    }
    matched.set(source, old.fields.indexOf(source));
    return within(path, [...attributeChanges(source, field), ...compare(source.type, field.type)]);
  });
  const gone = old.fields.filter((field) => !matched.has(field));
  const positions = [...matched.values()];
  const moved = positions.some((position, i) => i > 0 && position < positions[i - 1]!);
  return [
    ...changes,
    ...gone.map((field) => ({
      ...changed(`the field ${shown(field.name)} is gone`),
      path: [fieldSegment(field.name)],
    })),
    ...(moved ? [changed(`the fields of ${shown(now.name)} are in another order`)] : []),
  ];
}

function attributeChanges(old: AvroField, now: AvroField): Changes {
  const changes: SchemaChange[] = [];
  if (old.name !== now.name) {
    changes.push(
      changed(`the field ${shown(old.name)} is named ${shown(now.name)} now, with its old name as an alias`),
    );
  }
  if (!defaultsEqual(old.default, now.default)) {
    changes.push(changed(`the default of the field ${shown(now.name)} changed`));
  }
  if (old.order !== now.order) {
    changes.push(changed(`the order of the field ${shown(now.name)} is ${now.order} and was ${old.order}`));
  }
  if (!propsEqual(old.props, now.props)) {
    changes.push(changed(`the properties of the field ${shown(now.name)} changed`));
  }
  return changes;
}

type Branch = AvroUnion['branches'][number];

function branchesOf(type: AvroType): readonly Branch[] {
  return type.kind === 'union' ? type.branches : [type];
}

function unionChanges(old: AvroType, now: AvroType, compare: Compare): Changes {
  const after = branchesOf(now);
  const inner = branchesOf(old).flatMap((branch): Changes => {
    const other = counterpart(branch, after);
    return other === undefined ? [] : within(branchSegments(old, branch), compare(branch, other));
  });
  const before = branchesOf(old);
  const same =
    old.kind === now.kind &&
    before.length === after.length &&
    before.every((branch, i) => simpleNameOf(branchNameOf(branch)) === simpleNameOf(branchNameOf(after[i]!)));
  return same ? inner : [changed(`${typeText(old)} became ${typeText(now)}`), ...inner];
}

function counterpart(branch: Branch, among: readonly Branch[]): Branch | undefined {
  const name = branchNameOf(branch);
  const exact = among.find((one) => branchNameOf(one) === name);
  if (exact !== undefined || !('name' in branch)) return exact;
  const simple = simpleNameOf(name);
  return among.find(
    (one) =>
      one.kind === branch.kind &&
      'name' in one &&
      (simpleNameOf(one.name) === simple || one.aliases.includes(branch.name)),
  );
}
