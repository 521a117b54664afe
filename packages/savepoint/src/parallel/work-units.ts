import type { Savepoint, State, StateStream } from '../model.js';

/** A piece of work that one worker does on its own: some key groups of one stream, or all of it. */
export interface WorkUnit {
  /** Positions in `savepoint.operators` and in its `streams`. */
  readonly operator: number;
  readonly stream: number;
  readonly keyGroups: { readonly start: number; readonly end: number } | undefined;
  readonly bytes: number;
}

/** So many bytes make a unit: enough to be worth handing out, few enough that workers end together. */
const UNIT_BYTES = 16 * 1024 * 1024;

/** Splits the streams that hold the states into units, the largest first. */
export function workUnits(savepoint: Savepoint, states: readonly State[]): WorkUnit[] {
  const units: WorkUnit[] = [];
  for (const [operator, { streams }] of savepoint.operators.entries()) {
    for (const [stream, each] of streams.entries()) {
      if (!states.some((state) => state.parts.some((part) => part.stream === each))) continue;
      for (const range of ranges(each)) units.push({ operator, stream, ...range });
    }
  }
  return units.sort((a, b) => b.bytes - a.bytes);
}

function ranges(stream: StateStream): Pick<WorkUnit, 'keyGroups' | 'bytes'>[] {
  const { keyGroups, keyGroupOffsets, ref } = stream;
  const splittable = stream.format === 'canonical' || stream.format === 'heap';
  if (keyGroups === undefined || !splittable) return [{ keyGroups: undefined, bytes: ref.size }];
  const pieces: Pick<WorkUnit, 'keyGroups' | 'bytes'>[] = [];
  let start = keyGroups.start;
  let bytes = 0;
  for (let keyGroup = keyGroups.start; keyGroup <= keyGroups.end; keyGroup++) {
    bytes += groupBytes(keyGroupOffsets, keyGroup - keyGroups.start, ref.size);
    if (bytes < UNIT_BYTES && keyGroup < keyGroups.end) continue;
    pieces.push({ keyGroups: { start, end: keyGroup }, bytes });
    start = keyGroup + 1;
    bytes = 0;
  }
  return pieces;
}

/** Bytes of a key group, where groups lie in order; else a guess that only the order of work depends on. */
function groupBytes(offsets: readonly number[], index: number, size: number): number {
  const start = offsets[index]!;
  if (start <= 0) return 0;
  const next = offsets.slice(index + 1).find((offset) => offset > 0) ?? size;
  return Math.max(0, next - start);
}
