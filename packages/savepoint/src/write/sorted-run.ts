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

/** Reads a run block by block; blocks must be asked for in about the order in which they lie. */
export class RunReader {
  private window: Uint8Array = new Uint8Array(0);
  private windowAt = 0;

  private constructor(
    private readonly fs: FileSystem,
    private readonly path: string,
    private readonly end: number,
    private readonly byGroup: ReadonlyMap<number, readonly Block[]>,
  ) {}

  static async open(fs: FileSystem, path: string): Promise<RunReader> {
    const size = (await fs.stat(path))?.size ?? 0;
    const tail = new DataInputView(await fs.readRange(path, Math.max(0, size - 4), size), path);
    const count = tail.readInt('blocks of a run');
    const end = size - 4 - count * BLOCK;
    const index = new DataInputView(await fs.readRange(path, end, size - 4), path, end);
    const byGroup = new Map<number, Block[]>();
    for (let i = 0; i < count; i++) {
      const keyGroup = index.readInt();
      const stateId = index.readInt();
      const frames = index.readInt();
      const [offset, length, last] = [index.readLong(), index.readLong(), index.readLong()].map(Number);
      const block = { keyGroup, stateId, frames, offset: offset!, length: length!, last: last! };
      const group = byGroup.get(keyGroup);
      if (group === undefined) byGroup.set(keyGroup, [block]);
      else group.push(block);
    }
    return new RunReader(fs, path, end, byGroup);
  }

  /** The block of a state in a key group. */
  find(keyGroup: number, stateId: number): Block | undefined {
    return this.byGroup.get(keyGroup)?.find((block) => block.stateId === stateId);
  }

  /** The bytes of a block, which may be a view that the next call replaces. */
  async read({ offset, length }: Block): Promise<Uint8Array> {
    const from = offset - this.windowAt;
    if (from < 0 || from + length > this.window.length) {
      const to = Math.min(this.end, offset + Math.max(length, CHUNK));
      this.window = await this.fs.readRange(this.path, offset, to);
      this.windowAt = offset;
    }
    const at = offset - this.windowAt;
    return this.window.subarray(at, at + length);
  }
}
