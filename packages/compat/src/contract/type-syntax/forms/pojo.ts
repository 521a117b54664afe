import type { OptionalEntry, PojoFieldKey, PojoSnapshot, SerializerSnapshot } from '@statewright/serializers';
import { nameText, quotedText } from '../cursor.js';
import type { TypeForm, TypeParser, TypePrinter } from '../form.js';
import { braces, type Doc } from '../layout.js';
import { classOf } from './class-of.js';

const SNAPSHOT = 'org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot';

type Field = OptionalEntry<PojoFieldKey, SerializerSnapshot>;
type Subclass = OptionalEntry<Uint8Array, SerializerSnapshot>;

type Member =
  | { readonly kind: 'field'; readonly entry: Field }
  | { readonly kind: 'registered' | 'other'; readonly entry: Subclass };

/**
 * `pojo CLASS { name: type, SUPERCLASS#name: type, subclass type, registered subclass type }`: fields in the order of the
 * data. A field is declared by CLASS unless a superclass is named. A `?` behind a field's type says nothing: every field of
 * a POJO may be null. `subclass NAME = type` where the type does not tell the subclass's name.
 */
export const POJO_FORM: TypeForm = {
  keyword: 'pojo',
  classNames: [SNAPSHOT],
  parse(parser) {
    const pojoClass = parser.cursor.expectName('the class of the POJO');
    const names = new Set<string>();
    const members = parser.cursor.list('{', '}', 'behind the class of the POJO', () =>
      readMember(parser, pojoClass, names),
    );
    const fields = members.flatMap((member) => (member.kind === 'field' ? [member.entry] : []));
    const subclasses = (kind: Member['kind']) =>
      members.flatMap((member) => (member.kind === kind ? [member.entry as Subclass] : []));
    const registeredSubclasses = subclasses('registered');
    const otherSubclasses = subclasses('other');
    const nested = [...fields, ...registeredSubclasses, ...otherSubclasses].flatMap(
      ({ value }) => value ?? [],
    );
    const own = { pojoClass, fields, registeredSubclasses, otherSubclasses };
    return parser.placed<PojoSnapshot>({ className: SNAPSHOT, version: 2, nested, ...own });
  },
  print(snapshot, printer) {
    const pojo = snapshot as PojoSnapshot;
    const members = [
      ...pojo.fields.map((field) => fieldDoc(pojo.pojoClass, field, printer)),
      ...pojo.registeredSubclasses.map((entry) => subclassDoc('registered subclass ', entry, printer)),
      ...pojo.otherSubclasses.map((entry) => subclassDoc('subclass ', entry, printer)),
    ];
    if (!members.every((member) => member !== undefined)) return undefined;
    return [`pojo ${nameText(pojo.pojoClass)} `, braces(members)];
  },
};

function readMember(parser: TypeParser, pojoClass: string, names: Set<string>): Member {
  const { cursor } = parser;
  const at = cursor.at;
  const kind = cursor.attempt(() => subclassKind(parser));
  const member: Member =
    kind === undefined
      ? { kind: 'field', entry: readField(parser, pojoClass) }
      : { kind, entry: readSubclass(parser) };
  const key = `${member.kind} ${member.entry.name}`;
  const what = member.kind === 'field' ? 'field' : 'subclass';
  if (names.has(key)) throw cursor.error(at, `the ${what} ${quotedText(member.entry.name)} is there twice`);
  names.add(key);
  return member;
}

/** `subclass`, `registered subclass`; nothing where that is a field's name. */
function subclassKind({ cursor }: TypeParser): 'registered' | 'other' | undefined {
  const registered = cursor.takeWord('registered');
  if (!cursor.takeWord('subclass') || cursor.sees(':') || cursor.sees('#')) return undefined;
  return registered ? 'registered' : 'other';
}

function readField({ cursor, plainType }: TypeParser, pojoClass: string): Field {
  const first = cursor.expectName('the name of a field');
  const inherited = cursor.take('#');
  const name = inherited ? cursor.expectName('the name of a field') : first;
  cursor.expect(':', `behind the field ${quotedText(name)}`);
  const value = plainType();
  cursor.take('?');
  return { name, key: { declaringClass: inherited ? first : pojoClass, fieldName: name }, value };
}

function readSubclass({ cursor, type }: TypeParser): Subclass {
  const at = cursor.at;
  const named = cursor.attempt(() => {
    const name = cursor.name();
    return name !== undefined && cursor.take('=') ? name : undefined;
  });
  const value = type();
  const name = named ?? classOf(value);
  if (name !== undefined) return { name, key: new Uint8Array(0), value };
  throw cursor.error(at, 'the type does not tell the class of the subclass', 'write subclass CLASS = TYPE');
}

function fieldDoc(pojoClass: string, { name, key, value }: Field, printer: TypePrinter): Doc | undefined {
  if (key === undefined || value === undefined || key.fieldName !== name) return undefined;
  const owner = key.declaringClass === pojoClass ? '' : `${nameText(key.declaringClass)}#`;
  return [`${owner}${nameText(name)}: `, printer.plainType(value)];
}

function subclassDoc(word: string, { name, key, value }: Subclass, printer: TypePrinter): Doc | undefined {
  if (key === undefined || key.length > 0 || value === undefined) return undefined;
  const own = classOf(value) === name ? '' : `${nameText(name)} = `;
  return [`${word}${own}`, printer.type(value)];
}
