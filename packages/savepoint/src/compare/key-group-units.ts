import type { DataInputView } from '@statewright/bytes';
import { type KeyAndNamespace, readKeyAndNamespace } from '../entries/composite-key.js';
import { END_OF_KEY_GROUP, META_DATA_FOLLOWS } from '../entries/key-group-frames.js';
import type { StatePlan } from '../entries/state-plan.js';

/** Where in a raw entry its key begins to tell it from others: behind its length and the byte that holds the flag. */
export const KEY = 5;

/** The raw entries of one state: units `[first, end)`, and the byte behind the last of them. */
export interface Section {
  readonly stateId: number;
  readonly first: number;
  readonly end: number;
  readonly endsAt: number;
}

/** The raw entries of one canonical key group, taken together as units: one each, of a map all that lie under one key. */
export interface KeyGroupUnits {
  readonly bytes: Buffer;
  /** By unit: its first byte, the end of what tells it from others, the number of its first raw entry. `rows` has one more. */
  readonly starts: Int32Array;
  readonly keyEnds: Int32Array;
  readonly rows: Int32Array;
  /** Raw entries of all states. */
  readonly rowCount: number;
  readonly sections: readonly Section[];
}

/**
 * Takes a whole key group apart; `view` stands at its first byte. Undefined where it is not what Flink writes, or nothing
 * tells where a map's key begins: reading the entries will say so.
 */
export function keyGroupUnits(
  view: DataInputView,
  plans: readonly (StatePlan | undefined)[],
  prefixBytes: number,
): KeyGroupUnits | undefined {
  const units = new Units(view, prefixBytes);
  const have = view.bytes.length;
  let at = view.pos;
  for (;;) {
    if (have - at < 2) return undefined;
    const stateId = view.data.getUint16(at);
    at += 2;
    if (stateId === END_OF_KEY_GROUP) return at === have ? units.result() : undefined;
    const plan = plans[stateId];
    at = units.section(stateId, at, plan?.shape === 'map' ? plan : undefined);
    if (at < 0) return undefined;
  }
}

/** Collects units; nothing is allocated for one of them. */
class Units {
  private starts = new Int32Array(256);
  private keyEnds = new Int32Array(256);
  private rows = new Int32Array(256);
  private count = 0;
  private row = 0;
  private readonly sections: Section[] = [];
  private readonly at: KeyAndNamespace = {
    key: undefined,
    namespace: undefined,
    keyBytes: 0,
    tookAll: false,
  };

  constructor(
    private readonly view: DataInputView,
    private readonly prefixBytes: number,
  ) {}

  /** Goes over the entries of one state; `map` is its plan if it is map state. The byte behind them, -1 if there is none. */
  section(stateId: number, from: number, map: StatePlan | undefined): number {
    const { bytes, data } = this.view;
    const have = bytes.length;
    const first = this.count;
    for (let p = from; have - p >= 4; ) {
      const keyEnd = p + 4 + data.getInt32(p);
      if (keyEnd < p + 4 + this.prefixBytes || keyEnd + 4 > have) return -1;
      const end = keyEnd + 4 + data.getInt32(keyEnd);
      if (end < keyEnd + 4 || end > have) return -1;
      if (map === undefined || this.count === first || !this.continues(p, keyEnd)) {
        const told = map === undefined ? keyEnd : this.mapKey(map, p + 4, keyEnd);
        if (told < 0) return -1;
        this.add(p, told);
      }
      this.row++;
      if ((bytes[p + 4]! & META_DATA_FOLLOWS) !== 0) {
        this.sections.push({ stateId, first, end: this.count, endsAt: end });
        return end;
      }
      p = end;
    }
    return -1;
  }

  private add(start: number, keyEnd: number): void {
    const { count } = this;
    if (count + 1 === this.starts.length) {
      this.starts = doubled(this.starts);
      this.keyEnds = doubled(this.keyEnds);
      this.rows = doubled(this.rows);
    }
    this.starts[count] = start;
    this.keyEnds[count] = keyEnd;
    this.rows[count] = this.row;
    this.count = count + 1;
  }

  /** Whether the entry at a position has a key that begins with that of the last unit: so do all that lie in one map. */
  private continues(at: number, keyEnd: number): boolean {
    const { bytes } = this.view;
    const start = this.starts[this.count - 1]!;
    const length = this.keyEnds[this.count - 1]! - start;
    if (keyEnd - at < length) return false;
    for (let i = KEY; i < length; i++) if (bytes[start + i] !== bytes[at + i]) return false;
    return true;
  }

  /** The end of key and namespace; -1 where nothing tells it. */
  private mapKey(plan: StatePlan, key: number, keyEnd: number): number {
    const { view, at } = this;
    view.pos = key + this.prefixBytes;
    view.limit = keyEnd;
    readKeyAndNamespace(view, plan, at);
    view.limit = view.bytes.length;
    return at.tookAll ? -1 : view.pos;
  }

  result(): KeyGroupUnits {
    const { starts, keyEnds, rows, sections } = this;
    rows[this.count] = this.row;
    const { buffer, byteOffset, length } = this.view.bytes;
    return {
      bytes: Buffer.from(buffer, byteOffset, length),
      starts,
      keyEnds,
      rows,
      rowCount: this.row,
      sections,
    };
  }
}

function doubled(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(numbers.length * 2);
  next.set(numbers);
  return next;
}
