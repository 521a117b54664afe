import type { SerializerSnapshot } from '@statewright/serializers';

const BASE = 'org.apache.flink.api.common.typeutils.base.';

const PRIMITIVES: ReadonlySet<string> = new Set(
  ['Boolean', 'Byte', 'Short', 'Int', 'Long', 'Float', 'Double', 'Char'].map(
    (name) => `${BASE}${name}Serializer$${name}SerializerSnapshot`,
  ),
);

/** Whether the serializer is one that Java's primitive types share with their boxes. */
export function isJavaPrimitive({ className }: SerializerSnapshot): boolean {
  return PRIMITIVES.has(className);
}
