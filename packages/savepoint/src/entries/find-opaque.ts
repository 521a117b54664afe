import { Opaque } from '@statewright/serializers';

/** Deep enough for every value that was decoded, since decoding has a limit of its own. */
const MAX_DEPTH = 1024;

/** The first opaque part of a decoded value: the reason why the value has no known end. */
export function findOpaque(value: unknown, depth = 0): Opaque | undefined {
  if (value instanceof Opaque) return value;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined;
  if (depth > MAX_DEPTH) return undefined;
  for (const part of Array.isArray(value) ? value : Object.values(value)) {
    const found = findOpaque(part, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
