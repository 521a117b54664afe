import type { AvroType } from '@statewright/serializers';

/** Names come from files: one may be as long as its file. */
const SHOWN = 200;

/** A name, cut when it is long. */
export function shown(name: string): string {
  return name.length > SHOWN ? `${name.slice(0, SHOWN)}...` : name;
}

/** A type in few words: `long`, `enum com.acme.Suit`, `array of string`, `union of null, int`. */
export function typeText(type: AvroType): string {
  switch (type.kind) {
    case 'primitive':
      return type.type;
    case 'array':
      return `array of ${shortText(type.items)}`;
    case 'map':
      return `map of ${shortText(type.values)}`;
    case 'union':
      return shown(`union of ${type.branches.map(shortText).join(', ')}`);
    default:
      return `${type.kind} ${shown(type.name)}`;
  }
}

/** Without what is inside it. */
function shortText(type: AvroType): string {
  if (type.kind === 'primitive') return type.type;
  return 'name' in type ? shown(type.name) : type.kind;
}

/** Name of a named type without its namespace. */
export function simpleNameOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** The name by which a union tells its branches apart. Follows `Schema#getFullName`. */
export function branchNameOf(type: AvroType): string {
  if (type.kind === 'primitive') return type.type;
  return 'name' in type ? type.name : type.kind;
}

/** Path segment of a field of a record. */
export function fieldSegment(name: string): string {
  return `field ${shown(name)}`;
}

/** Path segments of a branch: none where the union is a nullable type, as `schema` shows it. */
export function branchSegments(union: AvroType, branch: AvroType): readonly string[] {
  if (union.kind === 'union' && union.branches.length <= 2) {
    const others = union.branches.filter((one) => !isNull(one));
    if (others.length === 1) return [];
  }
  return [`branch ${shown(branchNameOf(branch))}`];
}

function isNull(type: AvroType): boolean {
  return type.kind === 'primitive' && type.type === 'null';
}
