import { isTtl } from '@statewright/savepoint';
import { type Comparison, single } from '../comparison.js';
import { serializerName } from '../names.js';
import type { NoteCode } from '../note-codes.js';
import { isTtlAware, NULLABLE } from '../snapshot-kinds.js';
import type { Pair } from './family.js';

/** INCOMPATIBLE: another serializer than the one that wrote. The code says which change it most likely was. */
export function changed({ old, now, path }: Pair): Comparison {
  const reason = `${serializerName(old)} wrote it, but the new job has ${serializerName(now)}`;
  const told = { path, verdict: 'INCOMPATIBLE', reason } as const;
  return single({ ...told, code: codeOf(old, now) }, old, now);
}

function codeOf(old: Pair['old'], now: Pair['now']): NoteCode {
  const [hadTtl, hasTtl] = [old, now].map((side) => isTtl(side) || (isTtlAware(side) && side.isTtlEnabled));
  if (hadTtl !== hasTtl) return hasTtl ? 'ttl-turned-on' : 'ttl-turned-off';
  const isNullable = (side: Pair['old']): boolean => side.className === NULLABLE;
  return isNullable(old) === isNullable(now) ? 'serializer-changed' : 'nullable-changed';
}
