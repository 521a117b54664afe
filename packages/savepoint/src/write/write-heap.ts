import { type DataInputView, StatewrightError } from '@statewright/bytes';
import { RangeChunks, SnappyChunks } from '../entries/chunks.js';
import { have, limitTo } from '../entries/drive-segment.js';
import type { SegmentPlace } from '../entries/heap-segment.js';
import {
  declaredStates,
  inFilter,
  type KeyGroupFilter,
  type KeyGroupRange,
  keyGroupRanges,
} from '../entries/key-group-plan.js';
import { Tally } from '../entries/read-context.js';
import { Window } from '../entries/window.js';
import type { Savepoint, StateStream } from '../model.js';
import { type StreamBytes, streamBytes } from '../stream-bytes.js';
import { type HeapHandler, HeapRewriter } from './heap-rewriter.js';
import type { HeapWriter } from './heap-writer.js';
import { cannotRewrite } from './new-state.js';

/** A heap stream and what becomes of its states. */
export interface HeapSource {
  readonly stream: StateStream;
  /** By state id. */
  readonly handlers: readonly HeapHandler[];
  readonly maxParallelism: number;
}

/** Rewrites key groups of one heap stream into `writer`; `progress` is told how many stored bytes were read. */
export async function rewriteHeap(
  { fs, location }: Savepoint,
  source: HeapSource,
  writer: HeapWriter,
  keyGroups: KeyGroupFilter | undefined,
  progress: (bytes: number) => void,
): Promise<void> {
  const { stream } = source;
  if (stream.problem !== undefined) {
    const reason = `the header of subtask ${stream.subtask} cannot be read to its end: ${stream.problem}`;
    throw cannotRewrite(reason, 'take a savepoint in canonical format and migrate that one');
  }
  const bytes = streamBytes(fs, location, stream.ref);
  const groups = keyGroupRanges(stream, bytes).filter((group) => inFilter(group, keyGroups));
  const reader = new GroupReader(source, bytes, writer);
  for (const group of groups) {
    await reader.group(group);
    await writer.flush();
    progress(group.end - group.start);
  }
}

class GroupReader {
  private readonly rewriter: HeapRewriter;

  constructor(
    private readonly source: HeapSource,
    private readonly bytes: StreamBytes,
    private readonly writer: HeapWriter,
  ) {
    this.rewriter = new HeapRewriter(writer, source.maxParallelism);
  }

  async group(group: KeyGroupRange): Promise<void> {
    this.writer.beginGroup(group.keyGroup);
    const { bytes } = this;
    const chunks = new RangeChunks(bytes, group.start, group.end);
    const window = new Window(chunks, bytes.file, bytes.fileOffset + group.start);
    await have(window, 4);
    expectKeyGroup(window.view, group.keyGroup);
    if (this.source.stream.compressed) await this.compressed(group);
    else await this.plain(window, group);
    this.writer.endGroup();
  }

  private place(group: KeyGroupRange): Omit<SegmentPlace, 'end' | 'last'> {
    const { subtask } = this.source.stream;
    return { keyGroup: group.keyGroup, subtask, file: this.bytes.file, fixedSpan: undefined };
  }

  private async plain(window: Window, group: KeyGroupRange): Promise<void> {
    const end = this.bytes.fileOffset + group.end;
    const states = declaredStates(this.source.stream);
    const seen = new Set<number>();
    while (seen.size < states) {
      const last = seen.size === states - 1;
      await this.segment(window, { ...this.place(group), end, last }, seen);
    }
    limitTo(window.view, end);
    if (window.view.filePos !== end) window.view.expectEnd('key group');
    window.view.limit = window.view.bytes.length;
  }

  private async compressed(group: KeyGroupRange): Promise<void> {
    const { bytes } = this;
    const filePos = bytes.fileOffset + group.start + 4;
    const range = new RangeChunks(bytes, group.start + 4, group.end);
    const snappy = new SnappyChunks(range, bytes.file, filePos, true, new Tally());
    const seen = new Set<number>();
    while (await snappy.nextStream()) {
      const window = new Window(snappy, `${bytes.file} (uncompressed from ${snappy.filePos})`, 0);
      const place = { ...this.place(group), end: Number.MAX_SAFE_INTEGER, last: true };
      await this.segment(window, place, seen);
      if ((await window.drain()) > 0) {
        throw window.view.error('TRAILING_BYTES', 'key group', 'bytes follow the last entry of a state');
      }
    }
    const states = declaredStates(this.source.stream);
    if (seen.size === states) return;
    const span = { file: bytes.file, start: filePos, end: filePos };
    throw new StatewrightError('TRUNCATED', {
      span,
      kind: 'key group',
      reason: `the group ends after ${seen.size} of ${states} states`,
    });
  }

  private async segment(window: Window, place: SegmentPlace, seen: Set<number>): Promise<void> {
    await have(window, 6);
    limitTo(window.view, place.end);
    const { view } = window;
    const stateId = view.readUnsignedShort('state id');
    const handler = this.source.handlers[stateId];
    if (handler === undefined || seen.has(stateId)) {
      view.pos -= 2;
      const reason = `state id ${stateId} is found twice, or not among the ${this.source.handlers.length} states of the header`;
      throw view.error('BAD_VALUE', 'state id', reason, 2);
    }
    seen.add(stateId);
    const count = view.readInt('number of entries');
    if (count < 0) {
      view.pos -= 4;
      throw view.error('BAD_LENGTH', 'number of entries', `count ${count} is negative`, 4);
    }
    await this.rewriter.segmentIn(window, handler, count, place);
  }
}

function expectKeyGroup(view: DataInputView, expected: number): void {
  const found = view.readInt('key group');
  if (found === expected) return;
  view.pos -= 4;
  throw view.error('BAD_VALUE', 'key group', `key group ${found} is found but ${expected} is expected`, 4);
}
