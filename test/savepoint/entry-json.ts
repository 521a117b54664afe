import type { StateEntry } from '@statewright/savepoint';
import { MapValue, toJson } from '@statewright/serializers';

/** One entry as the line that the fixtures have for it, parsed. Written apart from the exporter, so that each checks the other. */
export function entryLine(entry: StateEntry): Record<string, unknown> {
  const { state, keyGroup, subtask, key, namespace } = entry;
  const { operator } = state;
  const head = { uid: operator.uid ?? null, operatorId: operator.id, kind: state.kind, state: state.name };
  const place =
    keyGroup === undefined ? { subtask: state.kind === 'broadcast' ? null : subtask } : { keyGroup };
  return { ...head, ...place, key: json(key), namespace: json(namespace), ...valueAndTtl(entry) };
}

function json(value: unknown): unknown {
  return JSON.parse(toJson(value));
}

function valueAndTtl({ value, ttl }: StateEntry): Record<string, unknown> {
  if (ttl === undefined) return { value: json(value) };
  if (typeof ttl === 'bigint') return { value: json(value), ttl: Number(ttl) };
  if (!(value instanceof MapValue)) return { value: json(value), ttl: ttl.map(Number) };
  // Maps are sorted by their text, and the times with them.
  const pairs = value.entries.map(([k, v], i) => ({
    text: `[${toJson(k)},${toJson(v)}]`,
    time: Number(ttl[i]),
  }));
  pairs.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return { value: pairs.map(({ text }) => JSON.parse(text)), ttl: pairs.map(({ time }) => time) };
}

/** Text that is the same for equal values, whatever the order of an object's keys; opaque values all look alike. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Object.hasOwn(value, '@opaque')) return '"@opaque"';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalText(each)}`).join(',')}}`;
}
