import type { Operator, Savepoint, StreamFormat } from '@statewright/savepoint';
import type { Backend, JsonLong, SnapshotSummary } from './views.js';

const BACKENDS: { readonly [format in StreamFormat]?: Backend } = {
  heap: 'hashmap',
  rocksdb: 'rocksdb',
  changelog: 'changelog',
};

/** The backends whose own formats occur, in the order of the list above. */
export function backendsOf(operators: readonly Operator[]): Backend[] {
  const formats = new Set(operators.flatMap(({ streams }) => streams.map(({ format }) => format)));
  return Object.entries(BACKENDS).flatMap(([format, backend]) =>
    formats.has(format as StreamFormat) ? [backend] : [],
  );
}

/** The facts about a snapshot as a whole; `path` is what the user called it. */
export function summarize(savepoint: Savepoint, path: string): SnapshotSummary {
  const { operators } = savepoint;
  return {
    path,
    metadataVersion: savepoint.metadataVersion,
    metadataBytes: savepoint.metadataBytes,
    checkpointId: jsonLong(savepoint.checkpointId),
    type: savepoint.snapshotType ?? null,
    format: savepoint.snapshotFormat ?? null,
    flinkVersions: savepoint.flinkVersions,
    backends: backendsOf(operators),
    stateBytes: operators.reduce((total, { stateBytes }) => total + stateBytes, 0),
    operators: operators.length,
    states: operators.reduce((total, { states }) => total + states.length, 0),
  };
}

/** A long as `json-mapping` writes it: a number up to 2^53, else a string. */
export function jsonLong(value: bigint): JsonLong {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
