import { crc32c, maskCrc32c } from './crc32c.js';
import { DataInputView } from './data-input-view.js';
import { DataOutputView } from './data-output-view.js';
import { readSnappyBlock, writeSnappyBlock } from './snappy-block.js';

/*
 * The snappy framing format, as `org.xerial.snappy.SnappyFramedOutputStream` writes it for
 * `org.apache.flink.runtime.state.SnappyStreamCompressionDecorator` (1.20, 2.3). A stream is a sequence of chunks:
 *   type    u8
 *   length  u24 little-endian: bytes that follow
 *   body    by type:
 *     FF     stream identifier "sNaPpY"; first, and again wherever another stream was appended
 *     00     compressed: u32 LE masked CRC-32C of the uncompressed bytes, then one raw snappy block
 *     01     uncompressed: u32 LE masked CRC-32C, then the bytes
 *     80-FE  to be skipped
 *     02-7F  reserved, must not be skipped
 *   A chunk holds at most 65536 uncompressed bytes.
 */

const HEADER = 4;
const CHECKSUM = 4;
/** Uncompressed bytes a chunk may hold. */
export const SNAPPY_MAX_BLOCK = 65536;
/** What a block of that size can become at worst. */
const MAX_COMPRESSED = 32 + SNAPPY_MAX_BLOCK + Math.ceil(SNAPPY_MAX_BLOCK / 6);
const STREAM_ID = Uint8Array.of(0x73, 0x4e, 0x61, 0x50, 0x70, 0x59);
const COMPRESSED = 0x00;
const UNCOMPRESSED = 0x01;
const STREAM_IDENTIFIER = 0xff;
/** As snappy-java: a block that shrinks by less than 15 % is stored as it is. */
const MIN_RATIO = 0.85;
const KIND = 'snappy chunk';
const NOTHING = new Uint8Array(0);

/** Size in bytes of the chunk at `[at, end)` with its header, or 0 when its header is not complete. */
export function snappyChunkSize(bytes: Uint8Array, at: number, end: number): number {
  if (end - at < HEADER) return 0;
  return HEADER + (bytes[at + 1]! | (bytes[at + 2]! << 8) | (bytes[at + 3]! << 16));
}

/**
 * Reads one whole chunk and gives its uncompressed bytes (own memory, or a view on the input for an uncompressed chunk);
 * empty for a stream identifier or a skipped chunk. TRUNCATED when the view ends before the chunk does, BAD_CHECKSUM when
 * the bytes are not those that were written.
 */
export function readSnappyChunk(input: DataInputView): Uint8Array {
  input.need(HEADER, KIND);
  checkHeader(input);
  const type = input.bytes[input.pos]!;
  const size = snappyChunkSize(input.bytes, input.pos, input.limit);
  input.need(size, KIND);
  input.pos += HEADER;
  const start = input.filePos;
  const body = new DataInputView(input.readBytes(size - HEADER, KIND), input.file, start);
  if (type === STREAM_IDENTIFIER) checkStreamIdentifier(body);
  return type <= UNCOMPRESSED ? readData(body, type) : NOTHING;
}

/** Refuses a chunk by its header, so that nobody waits for the megabytes that it claims. */
function checkHeader(input: DataInputView): void {
  const type = input.bytes[input.pos]!;
  if (type >= 0x02 && type < 0x80) {
    throw input.error(
      'BAD_VALUE',
      KIND,
      `the chunk type 0x${type.toString(16).padStart(2, '0')} is reserved`,
    );
  }
  const length = snappyChunkSize(input.bytes, input.pos, input.limit) - HEADER;
  const most = CHECKSUM + (type === COMPRESSED ? MAX_COMPRESSED : SNAPPY_MAX_BLOCK);
  if (type <= UNCOMPRESSED && (length < CHECKSUM || length > most)) {
    const reason = `a chunk of ${length} bytes where ${CHECKSUM} to ${most} are allowed`;
    throw input.error('BAD_LENGTH', KIND, reason, HEADER);
  }
}

function checkStreamIdentifier(body: DataInputView): void {
  if (body.limit === STREAM_ID.length && body.bytes.every((byte, i) => byte === STREAM_ID[i])) return;
  throw body.error('BAD_MAGIC', 'snappy stream identifier', 'the chunk does not say sNaPpY', body.limit);
}

function readData(body: DataInputView, type: number): Uint8Array {
  const stored = body.data.getUint32(0, true);
  body.pos = CHECKSUM;
  const data =
    type === COMPRESSED ? readSnappyBlock(body, SNAPPY_MAX_BLOCK) : body.readBytes(body.remaining, KIND);
  const computed = maskCrc32c(crc32c(data));
  if (computed !== stored) {
    body.pos = 0;
    const reason = `the checksum stored is ${hex(stored)} but that of the ${data.length} bytes is ${hex(computed)}`;
    throw body.error('BAD_CHECKSUM', KIND, reason, body.limit);
  }
  return data;
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(8, '0');
}

/**
 * Uncompresses a framed stream that arrives in pieces of any size. What it keeps between pieces is at most one
 * incomplete chunk.
 */
export class SnappyFramedDecoder {
  private pending: Uint8Array = NOTHING;
  private pendingAt: number;
  private started = false;

  /** `filePos` is the position in `file` of the first byte that will be pushed. */
  constructor(
    private readonly file = '<memory>',
    filePos = 0,
  ) {
    this.pendingAt = filePos;
  }

  /** Takes the next bytes of the stream and gives the blocks that they complete, in order. */
  push(bytes: Uint8Array): Uint8Array[] {
    const input = new DataInputView(concat(this.pending, bytes), this.file, this.pendingAt);
    const blocks: Uint8Array[] = [];
    for (;;) {
      const size = snappyChunkSize(input.bytes, input.pos, input.limit);
      if (size === 0) break;
      this.expectStart(input);
      checkHeader(input);
      if (size > input.remaining) break;
      const block = readSnappyChunk(input);
      if (block.length > 0) blocks.push(block);
    }
    this.pending = input.bytes.subarray(input.pos);
    this.pendingAt = input.filePos;
    return blocks;
  }

  /** Says that the stream is over; TRUNCATED when it ends inside a chunk. */
  end(): void {
    if (this.pending.length > 0) readSnappyChunk(new DataInputView(this.pending, this.file, this.pendingAt));
  }

  private expectStart(input: DataInputView): void {
    if (!this.started && input.bytes[input.pos] !== STREAM_IDENTIFIER) {
      throw input.error(
        'BAD_MAGIC',
        'snappy stream identifier',
        'the stream does not start with sNaPpY',
        HEADER,
      );
    }
    this.started = true;
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Compresses into the framed format: `write` any number of times, then `end`. Its output goes to `out` block by block. */
export class SnappyFramedEncoder {
  private readonly block = new Uint8Array(SNAPPY_MAX_BLOCK);
  private filled = 0;
  private readonly scratch = new DataOutputView(SNAPPY_MAX_BLOCK);

  constructor(private readonly out: DataOutputView) {
    writeHeader(out, STREAM_IDENTIFIER, STREAM_ID.length);
    out.writeBytes(STREAM_ID);
  }

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + SNAPPY_MAX_BLOCK - this.filled);
      this.block.set(piece, this.filled);
      this.filled += piece.length;
      at += piece.length;
      if (this.filled === SNAPPY_MAX_BLOCK) this.flush();
    }
  }

  end(): void {
    if (this.filled > 0) this.flush();
  }

  private flush(): void {
    const data = this.block.subarray(0, this.filled);
    this.filled = 0;
    this.scratch.clear();
    writeSnappyBlock(this.scratch, data);
    const small = this.scratch.length <= data.length * MIN_RATIO;
    const body = small ? this.scratch.view() : data;
    writeHeader(this.out, small ? COMPRESSED : UNCOMPRESSED, CHECKSUM + body.length);
    writeLittleEndian(this.out, maskCrc32c(crc32c(data)), CHECKSUM);
    this.out.writeBytes(body);
  }
}

function writeHeader(out: DataOutputView, type: number, length: number): void {
  out.writeByte(type);
  writeLittleEndian(out, length, 3);
}

function writeLittleEndian(out: DataOutputView, value: number, bytes: number): void {
  for (let i = 0; i < bytes; i++) out.writeByte((value >>> (8 * i)) & 0xff);
}
