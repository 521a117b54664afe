import { DataInputView, type StatewrightError } from '@statewright/bytes';
import { RangeChunks, SnappyChunks } from '../entries/chunks.js';
import { type KeyGroupRange, keyGroupRanges } from '../entries/key-group-plan.js';
import { Tally } from '../entries/read-context.js';
import { Window } from '../entries/window.js';
import { keyGroupPrefixBytes } from '../key-groups.js';
import type { Operator, Savepoint, State, StateStream } from '../model.js';
import { type StreamBytes, streamBytes } from '../stream-bytes.js';
import { FrameScanner, type StateCounts } from './frame-scanner.js';

/** Raw entries of one state in one stream, counted; a map's entries count one each, as they are stored. */
export interface StateScan {
  /** Undefined for a state id that the header does not tell. */
  readonly state: State | undefined;
  readonly stateId: number;
  readonly counts: StateCounts;
}

/** What a canonical stream holds, by state and key group. */
export interface StreamScan {
  readonly operator: Operator;
  readonly stream: StateStream;
  readonly states: readonly StateScan[];
}

const WINDOW = 1024 * 1024;
/** So much of a window is read again with the next one, for the frame that its end cuts in two. */
const OVERLAP = 16 * 1024;

/**
 * Counts the raw entries of canonical streams and their bytes by state and key group, without decoding any: at the speed
 * at which files are read. Streams in other formats have no frames to go by; they are left out.
 */
export async function* skipScan(
  savepoint: Savepoint,
  streams?: readonly StateStream[],
): AsyncGenerator<StreamScan> {
  for (const operator of savepoint.operators) {
    for (const stream of operator.streams) {
      if (stream.format !== 'canonical' || streams?.includes(stream) === false) continue;
      yield await scanStream(savepoint, operator, stream);
    }
  }
}

async function scanStream(
  savepoint: Savepoint,
  operator: Operator,
  stream: StateStream,
): Promise<StreamScan> {
  const bytes = streamBytes(savepoint.fs, savepoint.location, stream.ref);
  const prefixBytes = keyGroupPrefixBytes(operator.maxParallelism);
  const scanner = new FrameScanner(stream.keyGroupOffsets.length, prefixBytes, bytes.file);
  const groups = keyGroupRanges(stream, bytes);
  const first = stream.keyGroups?.start ?? 0;
  const reader = new ReadAhead(bytes);
  for (const group of groups) {
    scanner.begin(group.keyGroup, group.keyGroup - first);
    if (stream.compressed) await scanCompressed(scanner, bytes, group);
    else await scanPlain(scanner, reader, bytes, group);
  }
  const states = [...scanner.states.entries()].flatMap(([stateId, counts]): StateScan[] => {
    if (counts === undefined) return [];
    const has = (state: State): boolean =>
      state.parts.some((part) => part.stream === stream && part.stateId === stateId);
    return [{ state: operator.states.find(has), stateId, counts }];
  });
  return { operator, stream, states };
}

/** A group's bytes as they lie; values larger than the window are stepped over without being read. */
async function scanPlain(
  scanner: FrameScanner,
  reader: ReadAhead,
  bytes: StreamBytes,
  group: KeyGroupRange,
): Promise<void> {
  let at = group.start;
  if (!reader.holds(at)) await reader.moveTo(at, 1);
  for (;;) {
    const view = reader.limitTo(group.end);
    const next = scanner.scan(view, reader.data, at - reader.start, bytes.fileOffset + reader.start);
    const stuck = reader.start + next === at;
    at = reader.start + next;
    if (scanner.ended || at >= group.end || reader.end >= group.end) break;
    // A frame that does not fit is looked at again, with more bytes.
    await reader.moveTo(at, stuck ? (reader.end - at) * 2 : 1);
  }
  if (at !== group.end || !scanner.ended) throw cutShort(bytes, Math.min(at, group.end), group);
}

async function scanCompressed(
  scanner: FrameScanner,
  bytes: StreamBytes,
  group: KeyGroupRange,
): Promise<void> {
  const filePos = bytes.fileOffset + group.start;
  const chunks = new SnappyChunks(
    new RangeChunks(bytes, group.start, group.end),
    bytes.file,
    filePos,
    true,
    new Tally(),
  );
  const window = new Window(chunks, `${bytes.file} (uncompressed from ${filePos})`, 0);
  let needed = 1;
  while (!window.ended) {
    await window.fill(needed);
    const { view } = window;
    const next = scanner.scan(view.bytes, view.data, view.pos, view.fileOffset);
    // A value that reaches beyond the window is filled in; compressed bytes cannot be stepped over.
    needed = Math.max(view.bytes.length - view.pos + 1, next - view.pos);
    if (next <= view.bytes.length) view.pos = next;
    else await skipAhead(window, next - view.pos);
  }
  if (!scanner.ended || window.view.remaining > 0) throw cutShort(bytes, group.start, group);
}

async function skipAhead(window: Window, count: number): Promise<void> {
  let left = count;
  for (;;) {
    const { view } = window;
    const step = Math.min(left, view.bytes.length - view.pos);
    view.pos += step;
    left -= step;
    if (left === 0 || window.ended) return;
    await window.fill(1);
  }
}

function cutShort(bytes: StreamBytes, at: number, group: KeyGroupRange): StatewrightError {
  const view = new DataInputView(new Uint8Array(0), bytes.file, bytes.fileOffset + at);
  const reason = `the frames of key group ${group.keyGroup} do not end at its end, ${group.end}`;
  return view.error('TRUNCATED', 'key group', reason);
}

/** A window on a stream; the bytes behind it are being read while it is in use. */
class ReadAhead {
  start = 0;
  end = 0;
  data: DataView = new DataView(new ArrayBuffer(0));
  private window: Uint8Array = new Uint8Array(0);
  private limited: Uint8Array = this.window;
  private next: Ahead | undefined;

  constructor(private readonly stream: StreamBytes) {}

  holds(at: number): boolean {
    return at >= this.start && at < this.end;
  }

  /** Makes the window begin at or shortly before `at`, and hold `size` bytes from there if the stream has them. */
  async moveTo(at: number, size: number): Promise<void> {
    const wanted = Math.min(at + size, this.stream.size);
    const { next } = this;
    const usable = next !== undefined && next.start <= at && at < next.end && wanted <= next.end;
    const chosen = usable ? next : this.read(at, Math.max(size, WINDOW));
    this.window = await chosen.bytes;
    this.limited = this.window;
    this.data = new DataView(this.window.buffer, this.window.byteOffset, this.window.byteLength);
    this.start = chosen.start;
    this.end = chosen.end;
    this.next = this.end < this.stream.size ? this.read(Math.max(this.end - OVERLAP, at), WINDOW) : undefined;
  }

  /** The window's bytes, without those at and behind a position. */
  limitTo(end: number): Uint8Array {
    const length = Math.min(this.window.length, end - this.start);
    if (length !== this.limited.length) this.limited = this.window.subarray(0, length);
    return this.limited;
  }

  private read(start: number, size: number): Ahead {
    const end = Math.min(start + size, this.stream.size);
    const bytes = this.stream.read(start, end);
    // A failure is for whoever asks for these bytes.
    bytes.catch(() => {});
    return { start, end, bytes };
  }
}

/** A read under way. */
interface Ahead {
  readonly start: number;
  readonly end: number;
  readonly bytes: Promise<Uint8Array>;
}
