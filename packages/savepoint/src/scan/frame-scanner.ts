import { DataInputView, type StatewrightError } from '@statewright/bytes';
import { END_OF_KEY_GROUP, META_DATA_FOLLOWS } from '../entries/key-group-frames.js';
import { binOf, LengthHistogram } from './length-histogram.js';

/** What was counted of one state of one stream; arrays are by key group, from the first of the stream. */
export class StateCounts {
  readonly entries: Float64Array;
  /** Bytes of composite keys without their key-group prefix. */
  readonly keyBytes: Float64Array;
  readonly valueBytes: Float64Array;
  readonly keyLengths = new LengthHistogram();
  readonly valueLengths = new LengthHistogram();

  constructor(keyGroups: number) {
    this.entries = new Float64Array(keyGroups);
    this.keyBytes = new Float64Array(keyGroups);
    this.valueBytes = new Float64Array(keyGroups);
  }
}

/** What must come next in a key group. */
type Expected = 'state-id' | 'entry' | 'mark' | 'end';

/**
 * Walks the frames of canonical key groups and counts them, without looking into keys and values. One loop over memory:
 * nothing is allocated and nobody is called for an entry.
 */
export class FrameScanner {
  private expected: Expected = 'state-id';
  private keyGroup = 0;
  private group = 0;
  private counts: StateCounts | undefined;
  /** By state id; grows with the ids that occur. */
  readonly states: (StateCounts | undefined)[] = [];

  constructor(
    private readonly keyGroups: number,
    private readonly prefixBytes: number,
    private readonly file: string,
  ) {}

  /** Begins a key group; `index` counts from the first of the stream. */
  begin(keyGroup: number, index: number): void {
    this.keyGroup = keyGroup;
    this.group = index;
    this.expected = 'state-id';
  }

  /** Whether the end mark of the group was read. */
  get ended(): boolean {
    return this.expected === 'end';
  }

  /**
   * Scans bytes from index `from` on; `fileOffset` is the file position of `bytes[0]`. Gives the index at which to go on:
   * that of a frame which is not complete here, or one beyond the bytes, when a value reaches so far.
   */
  scan(bytes: Uint8Array, data: DataView, from: number, fileOffset: number): number {
    const have = bytes.length;
    let p = from;
    while (p < have && this.expected !== 'end') {
      if (this.expected === 'entry') {
        const next = this.scanRun(bytes, data, p, fileOffset);
        if (next === p) return p;
        p = next;
      } else {
        if (have - p < 2) return p;
        this.readMark(data.getUint16(p), p, fileOffset);
        p += 2;
      }
    }
    return p;
  }

  private readMark(id: number, at: number, fileOffset: number): void {
    if (id === END_OF_KEY_GROUP && this.expected === 'mark') {
      this.expected = 'end';
      return;
    }
    if (id > 0x7fff) throw this.error('state id', `${id} is no state id`, at, fileOffset);
    this.expected = 'entry';
    this.states[id] ??= new StateCounts(this.keyGroups);
    this.counts = this.states[id];
  }

  /** Entries of one state; gives the index behind the last whole one. */
  private scanRun(bytes: Uint8Array, data: DataView, from: number, fileOffset: number): number {
    const counts = this.counts!;
    const keyBins = counts.keyLengths.bins;
    const valueBins = counts.valueLengths.bins;
    const { prefixBytes, keyGroup } = this;
    const have = bytes.length;
    let entries = 0;
    let keyBytes = 0;
    let valueBytes = 0;
    let p = from;
    while (have - p > 4 + prefixBytes) {
      const keyLength = data.getInt32(p);
      const keyEnd = p + 4 + keyLength;
      if (keyLength < prefixBytes)
        throw this.error(
          'composite key',
          `length ${keyLength} is less than that of its key group`,
          p,
          fileOffset,
        );
      if (keyEnd + 4 > have) break;
      const valueLength = data.getInt32(keyEnd);
      if (valueLength < 0)
        throw this.error('state value', `length ${valueLength} is negative`, keyEnd, fileOffset);
      const first = bytes[p + 4]!;
      const prefix = prefixBytes === 1 ? first & 0x7f : ((first & 0x7f) << 8) | bytes[p + 5]!;
      if (prefix !== keyGroup)
        throw this.error(
          'key-group prefix',
          `key group ${prefix} is found within key group ${keyGroup}`,
          p + 4,
          fileOffset,
        );
      entries++;
      keyBytes += keyLength - prefixBytes;
      valueBytes += valueLength;
      keyBins[keyLength - prefixBytes < 256 ? keyLength - prefixBytes : binOf(keyLength - prefixBytes)]!++;
      valueBins[valueLength < 256 ? valueLength : binOf(valueLength)]!++;
      p = keyEnd + 4 + valueLength;
      if ((first & META_DATA_FOLLOWS) !== 0) {
        this.expected = 'mark';
        break;
      }
    }
    counts.entries[this.group]! += entries;
    counts.keyBytes[this.group]! += keyBytes;
    counts.valueBytes[this.group]! += valueBytes;
    return p;
  }

  private error(kind: string, reason: string, at: number, fileOffset: number): StatewrightError {
    const view = new DataInputView(new Uint8Array(4), this.file, fileOffset + at);
    return view.error(kind === 'key-group prefix' ? 'BAD_VALUE' : 'BAD_LENGTH', kind, reason, 4);
  }
}
