import type { EnumSnapshot, ScalaEnumSnapshot } from '@statewright/serializers';
import { type Cursor, nameText, quotedText } from '../cursor.js';
import type { TypeForm } from '../form.js';
import { parens } from '../layout.js';

const ENUM = 'org.apache.flink.api.common.typeutils.base.EnumSerializer$EnumSerializerSnapshot';
const SCALA_ENUM = 'org.apache.flink.api.scala.typeutils.ScalaEnumSerializerSnapshot';
const MAX_INT = 0x7fffffff;

/** `enum CLASS(A, B)`: the constants in the order of the snapshot, which is what the data's numbers mean. */
export const ENUM_FORM: TypeForm = {
  keyword: 'enum',
  classNames: [ENUM],
  parse({ cursor, placed }) {
    const enumClass = cursor.expectName('the class of the enum');
    const names = new Set<string>();
    const constants = cursor.list('(', ')', 'behind the class of the enum', () => constant(cursor, names));
    return placed<EnumSnapshot>({ className: ENUM, version: 3, nested: [], enumClass, constants });
  },
  print(snapshot) {
    const { enumClass, constants } = snapshot as EnumSnapshot;
    if (new Set(constants).size !== constants.length) return undefined;
    return [`enum ${nameText(enumClass)}`, parens(constants.map(nameText))];
  },
};

/** `scala-enum CLASS(A, B = 5)`: an id is one more than the one before, from 0, unless it is written down. */
export const SCALA_ENUM_FORM: TypeForm = {
  keyword: 'scala-enum',
  classNames: [SCALA_ENUM],
  parse({ cursor, placed }) {
    const enumClass = cursor.expectName('the class of the enumeration');
    const names = new Set<string>();
    let next = 0;
    const constants = cursor.list('(', ')', 'behind the class of the enumeration', () => {
      const name = constant(cursor, names);
      const id = cursor.take('=') ? cursor.number('the id of a constant', MAX_INT) : next;
      next = id + 1;
      return { name, id };
    });
    return placed<ScalaEnumSnapshot>({ className: SCALA_ENUM, version: 3, nested: [], enumClass, constants });
  },
  print(snapshot) {
    const { enumClass, constants } = snapshot as ScalaEnumSnapshot;
    const distinct = new Set(constants.map(({ name }) => name)).size === constants.length;
    if (!distinct || constants.some(({ id }) => id < 0)) return undefined;
    const texts = constants.map(({ name, id }, i) => {
      const expected = i === 0 ? 0 : constants[i - 1]!.id + 1;
      return id === expected ? nameText(name) : `${nameText(name)} = ${id}`;
    });
    return [`scala-enum ${nameText(enumClass)}`, parens(texts)];
  },
};

function constant(cursor: Cursor, names: Set<string>): string {
  const at = cursor.at;
  const name = cursor.expectName('the name of a constant');
  if (names.has(name)) throw cursor.error(at, `the constant ${quotedText(name)} is there twice`);
  names.add(name);
  return name;
}
