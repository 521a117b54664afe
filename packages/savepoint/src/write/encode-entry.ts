import type { DataOutputView } from '@statewright/bytes';
import { type MapValue, TimerValue, TtlValue } from '@statewright/serializers';
import type { Shape, StatePlan } from '../entries/state-plan.js';
import { cannotRewrite } from './new-state.js';
import type { NewEntry } from './rewrite.js';

/** Between the elements of a list: `ListDelimitedSerializer.DELIMITER`. */
const DELIMITER = 0x2c;

/** Takes the raw entries of canonical streams: a composite key without its key-group prefix, and a value. */
export interface RawEntrySink {
  readonly key: DataOutputView;
  readonly value: DataOutputView;
  /** What `key` and `value` hold is an entry. */
  emit(): void;
}

/**
 * Little-endian digits to base 256 of a length, at least one.
 *
 * Follows `CompositeKeySerializationUtils#writeVariableIntBytes` (Flink 2.3).
 */
export function writeVariableIntBytes(output: DataOutputView, length: number): void {
  let left = length;
  do {
    output.writeByte(left & 0xff);
    left >>>= 8;
  } while (left !== 0);
}

/** Key and namespace of a composite key, see `readKeyAndNamespace`. */
export function writeKeyAndNamespace(
  output: DataOutputView,
  plan: StatePlan,
  key: unknown,
  namespace: unknown,
): void {
  const start = output.length;
  plan.key.write(output, key);
  if (plan.ambiguous) writeVariableIntBytes(output, output.length - start);
  const namespaceStart = output.length;
  plan.namespace.write(output, namespace);
  if (plan.ambiguous) writeVariableIntBytes(output, output.length - namespaceStart);
}

type Encode = (plan: StatePlan, entry: NewEntry, sink: RawEntrySink) => void;

const ENCODERS: ReadonlyMap<Shape, Encode> = new Map<Shape, Encode>([
  ['plain', encodeValue],
  ['list', encodeList],
  ['map', encodeMap],
  ['timer', encodeTimer],
]);

/** The raw entries of one entry: one, or as many as a map has keys; none for a list or map that is empty. */
export function encodeEntry(plan: StatePlan, entry: NewEntry, sink: RawEntrySink): void {
  const encode = ENCODERS.get(plan.shape);
  if (encode === undefined) {
    throw cannotRewrite(`state ${JSON.stringify(plan.state.name)} is of a kind that cannot be written`);
  }
  encode(plan, entry, sink);
}

function begin(plan: StatePlan, { key, namespace }: NewEntry, sink: RawEntrySink): void {
  sink.key.clear();
  sink.value.clear();
  writeKeyAndNamespace(sink.key, plan, key, namespace);
}

function encodeValue(plan: StatePlan, entry: NewEntry, sink: RawEntrySink): void {
  begin(plan, entry, sink);
  plan.value.write(sink.value, plan.ttl ? new TtlValue(timeOf(entry.ttl, 0), entry.value) : entry.value);
  sink.emit();
}

function encodeList(plan: StatePlan, entry: NewEntry, sink: RawEntrySink): void {
  const list = entry.value as readonly unknown[];
  if (list.length === 0) return;
  begin(plan, entry, sink);
  for (const [i, element] of list.entries()) {
    if (i > 0) sink.value.writeByte(DELIMITER);
    plan.value.write(sink.value, plan.ttl ? new TtlValue(timeOf(entry.ttl, i), element) : element);
  }
  sink.emit();
}

function encodeMap(plan: StatePlan, entry: NewEntry, sink: RawEntrySink): void {
  const { entries } = entry.value as MapValue;
  if (entries.length === 0) return;
  begin(plan, entry, sink);
  const prefix = sink.key.length;
  for (const [i, [userKey, value]] of entries.entries()) {
    sink.key.length = prefix;
    plan.userKey!.write(sink.key, userKey);
    sink.value.clear();
    sink.value.writeBoolean(value === null && !plan.ttl);
    if (plan.ttl) plan.value.write(sink.value, new TtlValue(timeOf(entry.ttl, i), value));
    else if (value !== null) plan.value.write(sink.value, value);
    sink.emit();
  }
}

/** A timer is its own key, and has no value. */
function encodeTimer(plan: StatePlan, { key, namespace, value }: NewEntry, sink: RawEntrySink): void {
  sink.key.clear();
  sink.value.clear();
  plan.value.write(sink.key, new TimerValue(value as bigint, key, namespace));
  sink.emit();
}

/** The time of last access of one element. */
export function timeOf(ttl: NewEntry['ttl'], index: number): bigint {
  const time = typeof ttl === 'bigint' ? ttl : ttl?.[index];
  if (time !== undefined) return time;
  throw cannotRewrite('an entry of a state with TTL has no time of last access');
}
