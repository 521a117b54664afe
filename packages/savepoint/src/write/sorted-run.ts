import { DataInputView, DataOutputView, type FileSystem, type FileWriter } from '@statewright/bytes';

/** Frames of one state in one key group that lie one behind the other in a run. */
export interface Block {
  readonly keyGroup: number;
  readonly stateId: number;
  readonly frames: number;
  /** Place in the file, and where the last frame begins, counted from the block's beginning. */
  readonly offset: number;
  readonly length: number;
  readonly last: number;
}

/** Bytes of an index entry. */
const BLOCK = 3 * 4 + 3 * 8;
/** Bytes that are collected before they are written. */
const CHUNK = 1024 * 1024;

/**
 * A run: frames in the order of their key groups and states, then an index.
 *
 *   frames as in canonical streams, their keys with the new key-group prefix and without marks
 *   blocks, each i32 key group, i32 state id, i32 frames, i64 offset, i64 length, i64 last
 *   i32 number of blocks
 */
export class RunWriter {
  private readonly out = new DataOutputView(2 * CHUNK);
  private readonly blocks: Block[] = [];
  private given = 0;

  constructor(private readonly file: FileWriter) {}

  /** Writes frames of one state in one key group: those that begin at `starts` in `memory`; each tells its length. */
  async block(
    keyGroup: number,
    stateId: number,
    memory: Uint8Array,
    starts: ArrayLike<number>,
    from: number,
    to: number,
  ): Promise<void> {
    const data = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
    const { out } = this;
    const offset = this.given + out.length;
    let last = 0;
    for (let i = from; i < to; i++) {
      const start = starts[i]!;
      const valueAt = start + 4 + data.getInt32(start);
      last = this.given + out.length - offset;
      out.writeRange(memory, start, valueAt + 4 + data.getInt32(valueAt));
      if (out.length > CHUNK) await this.flush();
    }
    const length = this.given + out.length - offset;
    this.blocks.push({ keyGroup, stateId, frames: to - from, offset, length, last });
  }

  private async flush(): Promise<void> {
    await this.file.write(this.out.view());
    this.given += this.out.length;
    this.out.clear();
  }

  async finish(): Promise<void> {
    const { out, blocks } = this;
    for (const { keyGroup, stateId, frames, offset, length, last } of blocks) {
      for (const each of [keyGroup, stateId, frames]) out.writeInt(each);
      for (const each of [offset, length, last]) out.writeLong(BigInt(each));
    }
    out.writeInt(blocks.length);
    await this.flush();
    await this.file.commit();
  }
}

/** Frames that lie one behind the other, and where the last one begins. */
export interface Frames {
  readonly bytes: Uint8Array;
  readonly last: number;
}

/** The frames of which all bytes are there. */
function wholeFrames(bytes: Uint8Array): Frames {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = 0;
  let last = 0;
  for (let at = 0; at + 4 <= bytes.length; ) {
    const keyEnd = at + 4 + data.getInt32(at);
    if (keyEnd + 4 > bytes.length) break;
    const valueEnd = keyEnd + 4 + data.getInt32(keyEnd);
    if (valueEnd > bytes.length) break;
    last = at;
    at = valueEnd;
    end = valueEnd;
  }
  return { bytes: bytes.subarray(0, end), last };
}

/** Entries of an index that are held at once. */
const INDEX_ENTRIES = 1024;
/** Bytes of all runs together that are read ahead, and the least of one. */
const READ_AHEAD = 32 * 1024 * 1024;
const LEAST_AHEAD = 64 * 1024;

/**
 * Reads runs block by block, in the order in which blocks lie: for each key group, ascending, each state. Of each run a piece
 * of its bytes and of its index is held, however long it is.
 */
export class RunReader {
  private window: Uint8Array = new Uint8Array(0);
  private windowAt = 0;
  private blocks: readonly Block[] = [];
  /** Number of the first block in `blocks`, and of the next one in it. */
  private blocksAt = 0;
  private next = 0;

  private constructor(
    private readonly fs: FileSystem,
    private readonly path: string,
    /** Where the index begins. */
    private readonly end: number,
    private readonly count: number,
    private readonly ahead: number,
  ) {}

  /** Opens runs, which stand at the first block of a key group or behind it. */
  static async openAll(fs: FileSystem, paths: readonly string[], keyGroup: number): Promise<RunReader[]> {
    const ahead = Math.min(CHUNK, Math.max(LEAST_AHEAD, Math.floor(READ_AHEAD / Math.max(1, paths.length))));
    const runs: RunReader[] = [];
    for (const path of paths) {
      const size = (await fs.stat(path))?.size ?? 0;
      const tail = new DataInputView(await fs.readRange(path, Math.max(0, size - 4), size), path);
      const count = tail.readInt('blocks of a run');
      const run = new RunReader(fs, path, size - 4 - count * BLOCK, count, ahead);
      await run.seek(keyGroup);
      runs.push(run);
    }
    return runs;
  }

  /** Goes to the first block of a key group or behind it. */
  private async seek(keyGroup: number): Promise<void> {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      const [block] = await this.readIndex(middle, middle + 1);
      if (block!.keyGroup < keyGroup) low = middle + 1;
      else high = middle;
    }
    await this.loadIndex(low);
  }

  private async loadIndex(from: number): Promise<void> {
    this.blocks = await this.readIndex(from, Math.min(this.count, from + INDEX_ENTRIES));
    this.blocksAt = from;
    this.next = 0;
  }

  private async readIndex(from: number, to: number): Promise<Block[]> {
    const [start, end] = [this.end + from * BLOCK, this.end + to * BLOCK];
    const view = new DataInputView(await this.fs.readRange(this.path, start, end), this.path, start);
    return Array.from({ length: to - from }, () => {
      const keyGroup = view.readInt();
      const stateId = view.readInt();
      const frames = view.readInt();
      const [offset, length, last] = [view.readLong(), view.readLong(), view.readLong()].map(Number);
      return { keyGroup, stateId, frames, offset: offset!, length: length!, last: last! };
    });
  }

  /** The block of a state in a key group, when it comes next. */
  async take(keyGroup: number, stateId: number): Promise<Block | undefined> {
    if (this.next === this.blocks.length && this.blocksAt + this.next < this.count) {
      await this.loadIndex(this.blocksAt + this.next);
    }
    const block = this.blocks[this.next];
    if (block?.keyGroup !== keyGroup || block.stateId !== stateId) return undefined;
    this.next++;
    return block;
  }

  /**
   * The frames of a block, all at once where it is not large, else in pieces: of no run much is held, however few key groups
   * there are. A piece may be a view that the next one replaces.
   */
  async frames(block: Block, give: (piece: Frames) => Promise<void>): Promise<void> {
    const { offset, length, last } = block;
    if (length <= this.ahead) return give({ bytes: await this.read(block), last });
    const end = offset + length;
    this.window = new Uint8Array(0);
    let size = this.ahead;
    for (let at = offset; at < end; ) {
      const bytes = await this.fs.readRange(this.path, at, Math.min(at + size, end));
      const piece = wholeFrames(bytes);
      at += piece.bytes.length;
      if (piece.bytes.length > 0) {
        size = this.ahead;
        await give(piece);
      } else {
        if (at + size >= end)
          throw new DataInputView(bytes, this.path, at).error(
            'TRUNCATED',
            'run',
            'a frame goes beyond its block',
          );
        size *= 2;
      }
    }
  }

  private async read({ offset, length }: Block): Promise<Uint8Array> {
    const from = offset - this.windowAt;
    if (from < 0 || from + length > this.window.length) {
      const to = Math.min(this.end, offset + Math.max(length, this.ahead));
      this.window = await this.fs.readRange(this.path, offset, to);
      this.windowAt = offset;
    }
    const at = offset - this.windowAt;
    return this.window.subarray(at, at + length);
  }
}
