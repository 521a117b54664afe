import { type KeyGroupRange, keyGroupRanges } from '../entries/key-group-plan.js';
import type { Operator, Savepoint, StateStream } from '../model.js';
import { type StreamBytes, streamBytes } from '../stream-bytes.js';
import { equalRanges, sameFiles } from './equal-ranges.js';

/** One operator of one snapshot. */
export interface OperatorOf {
  readonly savepoint: Savepoint;
  readonly operator: Operator;
}

/** A stream that holds a key group, and where. */
interface Holder {
  readonly stream: StateStream;
  readonly bytes: StreamBytes;
  readonly range: KeyGroupRange;
}

const KEYED: readonly string[] = ['canonical', 'heap', 'raw-keyed'];

/**
 * The key groups that hold the same bytes in two snapshots of an operator, under headers of the same bytes: whatever is in
 * them is the same. They need not be decoded on both sides. None where the two have another number of key groups.
 */
export async function equalKeyGroups(old: OperatorOf, now: OperatorOf): Promise<ReadonlySet<number>> {
  const equal = new Set<number>();
  if (old.operator.maxParallelism !== now.operator.maxParallelism) return equal;
  const headers = new HeaderComparison(sameFiles(old.savepoint, now.savepoint));
  const theirs = holdersOf(now);
  for (const [keyGroup, ours] of holdersOf(old)) {
    const others = theirs.get(keyGroup) ?? [];
    if (ours.length !== others.length) continue;
    const pairs = ours.map((holder, i) => [holder, others[i]!] as const);
    if (await allEqual(pairs, headers)) equal.add(keyGroup);
  }
  return equal;
}

/** By key group, the readable streams that hold it. */
function holdersOf({ savepoint, operator }: OperatorOf): Map<number, Holder[]> {
  const holders = new Map<number, Holder[]>();
  for (const stream of operator.streams) {
    if (!KEYED.includes(stream.format) || stream.problem !== undefined) continue;
    const bytes = streamBytes(savepoint.fs, savepoint.location, stream.ref);
    for (const range of keyGroupRanges(stream, bytes)) {
      const held = holders.get(range.keyGroup);
      if (held === undefined) holders.set(range.keyGroup, [{ stream, bytes, range }]);
      else held.push({ stream, bytes, range });
    }
  }
  return holders;
}

async function allEqual(
  pairs: readonly (readonly [Holder, Holder])[],
  headers: HeaderComparison,
): Promise<boolean> {
  for (const [a, b] of pairs) {
    if (a.range.end - a.range.start !== b.range.end - b.range.start) return false;
    if (!(await headers.equal(a, b))) return false;
    const [x, y] = [a, b].map(({ bytes, range }) => ({ ...range, bytes }));
    if (!(await equalRanges(x!, y!, headers.sameFiles))) return false;
  }
  return true;
}

/** Compares the headers of two streams once, however many key groups they share. */
class HeaderComparison {
  private readonly known = new Map<StateStream, Map<StateStream, boolean>>();

  constructor(readonly sameFiles: boolean) {}

  async equal(a: Holder, b: Holder): Promise<boolean> {
    const row = this.known.get(a.stream) ?? new Map<StateStream, boolean>();
    this.known.set(a.stream, row);
    let equal = row.get(b.stream);
    if (equal === undefined) {
      equal = await this.compare(a, b);
      row.set(b.stream, equal);
    }
    return equal;
  }

  private async compare(a: Holder, b: Holder): Promise<boolean> {
    const [x, y] = [a.stream, b.stream];
    if (x.format !== y.format || x.compressed !== y.compressed) return false;
    return equalRanges(
      { bytes: a.bytes, start: 0, end: x.headerLength },
      { bytes: b.bytes, start: 0, end: y.headerLength },
      this.sameFiles,
    );
  }
}
