import { isJavaObject, type JavaObject, type JavaValue, javaField } from '@statewright/bytes';

/**
 * The elements of a serialized `java.util.List` by any of the classes that Flink's types hold; undefined for anything
 * else. Follows the serialized forms of the JDK, 8 to 17.
 */
export function javaListElements(value: JavaValue | undefined): readonly JavaValue[] | undefined {
  return listElements(value, 0);
}

const UNMODIFIABLE = new Set([
  'java.util.Collections$UnmodifiableList',
  'java.util.Collections$UnmodifiableRandomAccessList',
  'java.util.Collections$SynchronizedList',
  'java.util.Collections$SynchronizedRandomAccessList',
]);
/** `CollSer`, behind `List.of`: its tag for lists, which may hold nulls or not. */
const LIST_TAGS = new Set([1, 4]);
/** A list in a list in a list ... of wrappers is nothing that Flink writes. */
const MAX_WRAPPERS = 8;

function listElements(value: JavaValue | undefined, wrappers: number): readonly JavaValue[] | undefined {
  if (!isJavaObject(value) || wrappers > MAX_WRAPPERS) return undefined;
  const { name } = value.description;
  if (name === 'java.util.ArrayList' || name === 'java.util.LinkedList') return writtenElements(value);
  if (name === 'java.util.Arrays$ArrayList') return arrayElements(javaField(value, 'a'));
  if (name === 'java.util.Collections$EmptyList') return [];
  if (name === 'java.util.Collections$SingletonList') return [javaField(value, 'element') ?? null];
  if (UNMODIFIABLE.has(name)) return listElements(javaField(value, 'list'), wrappers + 1);
  if (name === 'java.util.CollSer' && LIST_TAGS.has(javaField(value, 'tag') as number))
    return writtenElements(value);
  return undefined;
}

/** Elements that the write method wrote one after the other, behind their number as block data. */
function writtenElements(list: JavaObject): readonly JavaValue[] | undefined {
  const elements: JavaValue[] = [];
  for (const content of list.data.at(-1)?.annotation ?? []) {
    if (typeof content === 'object' && content !== null && content.kind === 'block data') continue;
    elements.push(content);
  }
  return elements;
}

function arrayElements(value: JavaValue | undefined): readonly JavaValue[] | undefined {
  if (typeof value !== 'object' || value === null || value.kind !== 'array') return undefined;
  return value.elements instanceof Uint8Array ? undefined : value.elements;
}
