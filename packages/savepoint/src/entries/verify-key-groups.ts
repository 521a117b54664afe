import { StatewrightError } from '@statewright/bytes';
import { type Codec, Opaque } from '@statewright/serializers';
import { keyGroupFor } from '../key-groups.js';
import type { Operator, StateEntry } from '../model.js';
import type { CodecCache } from './codec-cache.js';
import { mayRunToLimit } from './may-run.js';

/** Passes batches on, and throws BAD_VALUE at an entry whose key belongs to another key group than it lies in. */
export async function* verifyKeyGroups(
  batches: AsyncGenerator<StateEntry[]>,
  operator: Operator,
  codecs: CodecCache,
): AsyncGenerator<StateEntry[]> {
  for await (const batch of batches) {
    for (const entry of batch) verifyEntry(entry, operator.maxParallelism, codecs);
    yield batch;
  }
}

function verifyEntry(entry: StateEntry, maxParallelism: number, codecs: CodecCache): void {
  const hash = hashOf(entry, codecs);
  if (hash === undefined || entry.keyGroup === undefined) return;
  const expected = keyGroupFor(hash, maxParallelism);
  if (expected === entry.keyGroup) return;
  const reason = `the key belongs to key group ${expected} but lies in key group ${entry.keyGroup}`;
  throw new StatewrightError('BAD_VALUE', { span: entry.span, kind: 'key group', reason });
}

/** Java's hash code of the entry's key; undefined where its bytes do not determine it. */
function hashOf(entry: StateEntry, codecs: CodecCache): number | undefined {
  const { keySerializer, valueSerializer, kind } = entry.state;
  const serializer = kind === 'timer' ? (valueSerializer.nested[0] ?? keySerializer) : keySerializer;
  const codec: Codec | undefined = serializer === undefined ? undefined : codecs.get(serializer);
  // An opaque key has no hash, nor has one with an opaque part: a codec that is asked for it would take it for a number.
  if (codec === undefined || mayRunToLimit(codec) || entry.key instanceof Opaque) return undefined;
  return codec.hash?.(entry.key);
}
