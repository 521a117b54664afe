import { crc32c, DataOutputView, type FileWriter } from '@statewright/bytes';

/** The bytes of one stream on their way into a file, or into the metadata when they are few. */
export interface WrittenStream {
  readonly size: number;
  /** The bytes themselves where no file was made. */
  readonly inline: Uint8Array | undefined;
  /** CRC32C of all bytes. */
  readonly crc32c: number;
}

/** Collects the bytes of a stream in `out` and gives them away piece by piece. */
export class StreamOutput {
  readonly out = new DataOutputView(64 * 1024);
  private given = 0;
  private crc = 0;
  private file: FileWriter | undefined;

  /** A stream that stays shorter than `inlineBelow` bytes becomes no file. */
  constructor(
    private readonly create: () => Promise<FileWriter>,
    private readonly inlineBelow: number,
  ) {}

  /** Position in the stream of the next byte that is written to `out`. */
  get position(): number {
    return this.given + this.out.length;
  }

  /** Gives the first `count` bytes of `out` away. */
  async flush(count: number): Promise<void> {
    if (this.position < this.inlineBelow || count === 0) return;
    this.file ??= await this.create();
    const bytes = this.out.view().subarray(0, count);
    this.crc = crc32c(bytes, this.crc);
    await this.file.write(bytes);
    this.given += count;
    this.out.discard(count);
  }

  /** Ends the stream: the file gets its name. */
  async finish(): Promise<WrittenStream> {
    const size = this.position;
    if (this.file === undefined && size < this.inlineBelow) {
      const inline = this.out.toBytes();
      return { size, inline, crc32c: crc32c(inline) };
    }
    this.file ??= await this.create();
    await this.flush(this.out.length);
    await this.file.commit();
    return { size, inline: undefined, crc32c: this.crc };
  }

  /** Takes away what was written. */
  async abort(): Promise<void> {
    await this.file?.abort();
  }
}
