import { StatewrightError } from '@statewright/bytes';
import { parseType } from '@statewright/compat';
import type { SerializerSnapshot } from '@statewright/serializers';

/**
 * A type in the contract's syntax whose names stand for serializers: `map<k, ttl<v>>`. The snapshot that Flink 1.20 and 2.3
 * write for it.
 */
export function wrapType(
  text: string,
  names: { readonly [name: string]: SerializerSnapshot } = {},
): SerializerSnapshot {
  const known = new Map(Object.entries(names));
  return parseType(text, {
    error: (offset, reason) =>
      new StatewrightError('INTERNAL', { kind: text, reason: `${reason} at ${offset}` }),
    file: '',
    named: (name) => known.get(name),
    names: [...known.keys()],
    readFile: () => '',
  });
}
