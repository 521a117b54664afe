import { StatewrightError } from '@statewright/bytes';
import type { StateStream } from '../model.js';
import type { StreamBytes } from '../stream-bytes.js';

/** Where one key group lies in its stream: bytes `[start, end)`. */
export interface KeyGroupRange {
  readonly keyGroup: number;
  readonly start: number;
  readonly end: number;
}

/** Key groups to read, both ends included. */
export interface KeyGroupFilter {
  readonly start: number;
  readonly end: number;
  /** Those between them that are left out. */
  readonly except?: ReadonlySet<number> | undefined;
}

/**
 * The key groups of a stream that hold data, in the order in which they lie. A group reaches to the next one, the last
 * to the end of the stream. Offsets of 0 (and -1 in raw state) mean that a group is absent.
 */
export function keyGroupRanges(stream: StateStream, bytes: StreamBytes): KeyGroupRange[] {
  const first = stream.keyGroups?.start ?? 0;
  const present = stream.keyGroupOffsets
    .map((start, i) => ({ keyGroup: first + i, start }))
    .filter((group) => group.start > 0 || (group.start === 0 && stream.format === 'raw-keyed'))
    .sort((a, b) => a.start - b.start);
  return present.map((group, i) => {
    const end = present[i + 1]?.start ?? bytes.size;
    if (group.start < stream.headerLength || group.start >= end) throw misplaced(stream, bytes, group, end);
    return { ...group, end };
  });
}

function misplaced(
  stream: StateStream,
  bytes: StreamBytes,
  group: { keyGroup: number; start: number },
  end: number,
): StatewrightError {
  const at = bytes.fileOffset + Math.min(group.start, bytes.size);
  const reason = `key group ${group.keyGroup} begins at ${group.start}, which is not between the header's end ${stream.headerLength} and ${end}`;
  const span = { file: bytes.file, start: at, end: at };
  return new StatewrightError('BAD_VALUE', { span, kind: 'key-group offset', reason });
}

/** Groups that lie one right behind the other, so that they can be read as one range. */
export function contiguousRuns(groups: readonly KeyGroupRange[]): KeyGroupRange[][] {
  const runs: KeyGroupRange[][] = [];
  for (const group of groups) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1)!.end === group.start) run.push(group);
    else runs.push([group]);
  }
  return runs;
}

export function inFilter(group: KeyGroupRange, filter: KeyGroupFilter | undefined): boolean {
  if (filter === undefined) return true;
  const { keyGroup } = group;
  return keyGroup >= filter.start && keyGroup <= filter.end && filter.except?.has(keyGroup) !== true;
}

/** How many states a stream's data may name, and in a heap stream must; Infinity where its header does not tell. */
export function declaredStates({ declaredStates: declared, states, problem }: StateStream): number {
  return declared ?? (problem === undefined ? states.length : Number.POSITIVE_INFINITY);
}
