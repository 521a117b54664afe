import type { DataInputView } from '@statewright/bytes';
import {
  badLength,
  bytesBehindEnd,
  bytesNeeded,
  END_OF_KEY_GROUP,
  expectKeyGroup,
  expectStateId,
  META_DATA_FOLLOWS,
} from '../entries/key-group-frames.js';
import { declaredStates, type KeyGroupRange } from '../entries/key-group-plan.js';
import type { Window } from '../entries/window.js';
import { keyGroupPrefixBytes } from '../key-groups.js';
import type { StateStream } from '../model.js';

/** Frames of one state that lie one behind the other, all of them whole; positions are indexes in the view's bytes. */
export interface FrameRun {
  stateId: number;
  keyGroup: number;
  start: number;
  end: number;
  /** Where the last of them begins. */
  last: number;
  frames: number;
  /** Bytes of keys, without key-group prefix, and of values. */
  payload: number;
  /** No other frame of the state follows in the key group. */
  ends: boolean;
}

/** Takes the frames of a stream. */
export interface FrameSink {
  beginGroup(keyGroup: number): void;
  run(view: DataInputView, run: FrameRun): void;
  endGroup(): void;
}

/** In place of a state id: one must come next; the group must end. */
const EXPECT_STATE_ID = -1;
const EXPECT_END = -2;

/**
 * Walks the frames of canonical key groups, checks them, and hands them on in runs, so that what is copied need not be looked
 * at entry by entry. The grammar is that of `canonicalEntries`.
 */
export class FrameWalker {
  private stateId = EXPECT_STATE_ID;
  private window!: Window;
  private groups: readonly KeyGroupRange[] = [];
  private next = 0;
  private groupEnd = 0;
  private readonly prefixBytes: number;
  private readonly found: FrameRun = {
    stateId: 0,
    keyGroup: 0,
    start: 0,
    end: 0,
    last: 0,
    frames: 0,
    payload: 0,
    ends: false,
  };

  /** `origin` is the file position of the stream's first byte. */
  constructor(
    private readonly stream: StateStream,
    private readonly origin: number,
    maxParallelism: number,
    private readonly sink: FrameSink,
  ) {
    this.prefixBytes = keyGroupPrefixBytes(maxParallelism);
  }

  /** Begins with key groups that lie one behind the other, of a compressed stream with one. */
  begin(groups: readonly KeyGroupRange[], window: Window): void {
    this.groups = groups;
    this.window = window;
    this.next = 0;
    this.beginGroup();
  }

  private beginGroup(): void {
    const group = this.groups[this.next++]!;
    this.stateId = EXPECT_STATE_ID;
    this.found.keyGroup = group.keyGroup;
    this.groupEnd = this.stream.compressed ? Number.MAX_SAFE_INTEGER : this.origin + group.end;
    this.sink.beginGroup(group.keyGroup);
  }

  /** Walks what the window holds; gives the bytes that are needed to go on, -1 at the end of the key groups. */
  walk(): number {
    const { view } = this.window;
    for (;;) {
      const needed = this.step(view);
      if (needed !== 0) return needed;
    }
  }

  private step(view: DataInputView): number {
    if (this.stateId === EXPECT_END) return this.endGroup(view);
    if (this.stateId !== EXPECT_STATE_ID) return this.frames(view);
    if (view.bytes.length - view.pos < 2) return this.need(view, 2);
    this.beginState(view, view.readUnsignedShort('state id'));
    return 0;
  }

  private beginState(view: DataInputView, id: number): void {
    this.stateId = expectStateId(view, id, declaredStates(this.stream));
  }

  /** Behind the end mark: the group must end here, and the next one begins. */
  private endGroup(view: DataInputView): number {
    const { compressed } = this.stream;
    const left = compressed ? view.bytes.length - view.pos : this.groupEnd - view.filePos;
    if (left === 0 && compressed && !this.window.ended) return this.need(view, 1);
    if (left !== 0) throw bytesBehindEnd(view, left);
    this.sink.endGroup();
    if (this.next === this.groups.length) return -1;
    this.beginGroup();
    return 0;
  }

  /** The frames of a state up to its last one, or to the last whole one in the view. */
  private frames(view: DataInputView): number {
    const { bytes, data } = view;
    const { prefixBytes, found } = this;
    const have = bytes.length;
    const limit = this.groupEnd - view.fileOffset;
    const start = view.pos;
    let p = start;
    let frames = 0;
    let payload = 0;
    let wanted = 4;
    let ends = false;
    while (have - p >= 4) {
      const key = p + 4;
      const keyEnd = key + data.getInt32(p);
      if (keyEnd < key + prefixBytes || keyEnd + 4 > limit) throw badLength(view, p, 'composite key', limit);
      wanted = keyEnd + 4 - p;
      if (keyEnd + 4 > have) break;
      const valueEnd = keyEnd + 4 + data.getInt32(keyEnd);
      if (valueEnd < keyEnd + 4 || valueEnd + 2 > limit) throw badLength(view, keyEnd, 'state value', limit);
      wanted = valueEnd + 2 - p;
      if (valueEnd + 2 > have) break;
      const first = bytes[key]!;
      expectKeyGroup(view, key, first & ~META_DATA_FOLLOWS, prefixBytes, found.keyGroup);
      found.last = p;
      frames++;
      payload += keyEnd - key - prefixBytes + valueEnd - keyEnd - 4;
      p = valueEnd;
      wanted = 4;
      if ((first & META_DATA_FOLLOWS) !== 0) {
        ends = true;
        break;
      }
    }
    view.pos = p;
    if (frames > 0) this.give(view, start, p, frames, payload, ends);
    view.pos = p;
    view.limit = have;
    if (!ends) return this.need(view, wanted);
    const next = view.readUnsignedShort('state id');
    if (next === END_OF_KEY_GROUP) this.stateId = EXPECT_END;
    else this.beginState(view, next);
    return 0;
  }

  private give(
    view: DataInputView,
    start: number,
    end: number,
    frames: number,
    payload: number,
    ends: boolean,
  ): void {
    const { found } = this;
    found.stateId = this.stateId;
    found.start = start;
    found.end = end;
    found.frames = frames;
    found.payload = payload;
    found.ends = ends;
    this.sink.run(view, found);
  }

  private need(view: DataInputView, bytes: number): number {
    return bytesNeeded(view, view.pos, bytes, this.window.ended);
  }
}
