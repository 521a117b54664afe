import type { DataOutputView } from '@statewright/bytes';
import { MapValue, TimerValue, TtlValue } from '@statewright/serializers';
import type { StatePlan } from '../entries/state-plan.js';
import { timeOf } from './encode-entry.js';
import { cannotRewrite } from './new-state.js';
import type { NewEntry, ValueRewrite } from './rewrite.js';

/** Writes an entry as the heap has it: namespace, key, state; or a timer. False for a list or map that is empty. */
export function encodeHeapEntry(plan: StatePlan, entry: NewEntry, out: DataOutputView): boolean {
  const { key, namespace, value } = entry;
  if (plan.shape === 'opaque') {
    throw cannotRewrite(`state ${JSON.stringify(plan.state.name)} is of a kind that cannot be written`);
  }
  if (plan.shape === 'timer') {
    plan.whole.write(out, new TimerValue(value as bigint, key, namespace));
    return true;
  }
  if (plan.shape === 'list' && (value as readonly unknown[]).length === 0) return false;
  if (plan.shape === 'map' && (value as MapValue).entries.length === 0) return false;
  plan.namespace.write(out, namespace);
  plan.key.write(out, key);
  plan.whole.write(out, plan.ttl ? withTimes(plan, entry) : value);
  return true;
}

/** The value with its TTL wrappers. */
function withTimes({ shape }: StatePlan, { value, ttl }: NewEntry): unknown {
  if (shape === 'list') {
    return (value as readonly unknown[]).map((each, i) => new TtlValue(timeOf(ttl, i), each));
  }
  if (shape === 'map') {
    const { entries } = value as MapValue;
    return new MapValue(entries.map(([key, each], i) => [key, new TtlValue(timeOf(ttl, i), each)]));
  }
  return new TtlValue(timeOf(ttl, 0), value);
}

/** A whole state with parts in new forms, TTL wrappers as they are; undefined when nothing of it is left. */
export function convertWhole(
  plan: StatePlan,
  value: unknown,
  { element, userKey }: ValueRewrite,
  isSkip: (thrown: unknown) => boolean,
): unknown {
  const convert = elementConvert(plan, element);
  if (plan.shape === 'list') {
    const list = keep(value as readonly unknown[], convert, isSkip);
    return list.length === 0 ? undefined : list;
  }
  if (plan.shape !== 'map') return convert(value);
  const pairs = keep(
    (value as MapValue).entries,
    (pair) => {
      const [k, v] = pair as readonly [unknown, unknown];
      return [userKey === undefined ? k : userKey(k), v === null ? null : convert(v)];
    },
    isSkip,
  );
  return pairs.length === 0 ? undefined : new MapValue(pairs as [unknown, unknown][]);
}

function elementConvert({ ttl }: StatePlan, element: ValueRewrite['element']): (value: unknown) => unknown {
  if (element === undefined) return (value) => value;
  if (!ttl) return element;
  return (value) => {
    const { lastAccessMillis, value: inner } = value as TtlValue;
    return new TtlValue(lastAccessMillis, element(inner));
  };
}

function keep(
  parts: readonly unknown[],
  convert: (part: unknown) => unknown,
  isSkip: (thrown: unknown) => boolean,
): unknown[] {
  const kept: unknown[] = [];
  for (const part of parts) {
    try {
      kept.push(convert(part));
    } catch (thrown) {
      if (!isSkip(thrown)) throw thrown;
    }
  }
  return kept;
}
