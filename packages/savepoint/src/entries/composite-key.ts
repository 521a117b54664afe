import type { DataInputView } from '@statewright/bytes';
import { Opaque } from '@statewright/serializers';
import { findOpaque } from './find-opaque.js';
import type { StatePlan } from './state-plan.js';

/** Key and namespace of a composite key. */
export interface KeyAndNamespace {
  key: unknown;
  namespace: unknown;
  /** Bytes of the key alone. */
  keyBytes: number;
  /** Key or namespace is opaque, and what follows it, a map's key too, is part of its bytes. */
  tookAll: boolean;
}

/**
 * Reads key and namespace from a composite key, `view` standing behind the key-group prefix and limited to the key's
 * frame. Afterwards the view stands at a map's user key, or at the end.
 *
 *   key
 *   [length of the key]        as `writeVariableIntBytes`, only when neither key nor namespace has a fixed length
 *   namespace
 *   [length of the namespace]  likewise
 *
 * Follows `CompositeKeySerializationUtils` (Flink 2.3).
 */
export function readKeyAndNamespace(view: DataInputView, plan: StatePlan, into: KeyAndNamespace): void {
  const start = view.pos;
  into.tookAll = false;
  if (plan.key.delimited) {
    into.key = plan.key.read(view);
    if (!plan.keyMayRun || view.openEnd !== view.pos) {
      into.keyBytes = view.pos - start;
      if (plan.ambiguous) skipLength(view, into.keyBytes);
      const namespaceStart = view.pos;
      into.namespace = plan.namespace.read(view);
      into.tookAll = plan.namespaceMayRun && view.openEnd === view.pos;
      if (plan.ambiguous) skipLength(view, view.pos - namespaceStart);
      return;
    }
    view.pos = start;
  }
  const limit = view.limit;
  const tail = bytesBehindKey(plan);
  if (tail < 0 || limit - start < tail) {
    into.tookAll = true;
    into.key = takeRest(view, plan);
    into.namespace = follower(view);
    into.keyBytes = view.pos - start;
    return;
  }
  view.limit = limit - tail;
  into.key = plan.key.read(view);
  into.keyBytes = view.pos - start;
  view.expectEnd('key');
  view.limit = limit;
  into.namespace = plan.namespace.read(view);
}

const NOTHING = new Uint8Array(0);

/** What stands in the place of a value that an opaque one before it has swallowed. */
export function follower(view: DataInputView): Opaque {
  const why = 'follows an opaque value of unknown length';
  return new Opaque(NOTHING, view.spanFrom(view.filePos), why, undefined, '');
}

/** Bytes between the end of a key that does not tell it and the end of its frame; -1 where they vary. */
function bytesBehindKey(plan: StatePlan): number {
  if (plan.ambiguous || plan.namespaceBytes < 0) return -1;
  if (plan.shape !== 'map') return plan.namespaceBytes;
  return plan.userKeyBytes < 0 ? -1 : plan.namespaceBytes + plan.userKeyBytes;
}

/** Key, namespace and user key in one: nothing tells them apart. */
function takeRest(view: DataInputView, plan: StatePlan): Opaque {
  const start = view.pos;
  const known = findOpaque(plan.key.read(view));
  const bytes = view.bytes.slice(start, view.limit);
  const span = { file: view.file, start: view.fileOffset + start, end: view.fileOffset + view.limit };
  const why = `${known?.why ?? 'the key has no known end'}; what follows the key cannot be told apart from it`;
  view.pos = view.limit;
  return new Opaque(bytes, span, why, known?.className, known?.serializer ?? '');
}

/**
 * Little-endian digits to base 256 of a length, at least one, without a terminator.
 *
 * Follows `CompositeKeySerializationUtils#writeVariableIntBytes` (Flink 2.3).
 */
function skipLength(view: DataInputView, length: number): void {
  let left = length;
  do {
    const stored = view.readUnsignedByte('length in composite key');
    if (stored !== (left & 0xff)) {
      view.pos -= 1;
      const reason = `the length byte is ${stored} but ${left & 0xff} is expected for ${length} bytes`;
      throw view.error('BAD_VALUE', 'length in composite key', reason);
    }
    left >>>= 8;
  } while (left !== 0);
}
