import { createRequire } from 'node:module';
import type { DataInputView } from './data-input-view.js';
import type { DataOutputView } from './data-output-view.js';

/*
 * Raw snappy blocks, as `org.xerial.snappy.Snappy` writes them, by way of the `snappy` package:
 *   length   unsigned LEB128 of up to 5 bytes: bytes when uncompressed
 *   elements until the block ends
 */

const KIND = 'snappy block';

type Snappy = typeof import('snappy');

let library: Snappy | undefined;

/** Loaded at first use, because most runs never need it. */
function snappy(): Snappy {
  library ??= createRequire(import.meta.url)('snappy') as Snappy;
  return library;
}

/** The uncompressed length that the block at the view's position claims; BAD_LENGTH beyond `maxLength`. The view stays. */
function claimedLength(input: DataInputView, maxLength: number): number {
  const start = input.pos;
  let length = 0;
  let shift = 0;
  let byte = 0x80;
  for (; byte >= 0x80 && shift <= 28; shift += 7) {
    byte = input.readUnsignedByte(KIND);
    length += (byte & 0x7f) * 2 ** shift;
  }
  const header = input.pos - start;
  input.pos = start;
  if (byte < 0x80 && length <= maxLength) return length;
  const reason =
    byte >= 0x80
      ? 'the block claims a length of more than 5 bytes'
      : `the block claims ${length} bytes but at most ${maxLength} are allowed`;
  throw input.error('BAD_LENGTH', KIND, reason, header);
}

/**
 * Uncompresses the block that fills the view from its position to its limit. The result has its own memory, never more
 * than `maxLength` bytes. BAD_VALUE when the elements do not give exactly the length that the block claims.
 */
export function readSnappyBlock(input: DataInputView, maxLength: number): Uint8Array {
  const length = claimedLength(input, maxLength);
  const out = uncompress(input.bytes.subarray(input.pos, input.limit));
  if (typeof out === 'string' || out.length !== length) {
    const reason =
      typeof out === 'string'
        ? `the block does not give the ${length} bytes that it claims: ${out}`
        : `the block claims ${length} bytes but holds ${out.length}`;
    throw input.error('BAD_VALUE', KIND, reason, input.remaining);
  }
  input.pos = input.limit;
  return out;
}

/** The bytes, or why there are none. */
function uncompress(block: Uint8Array): Uint8Array | string {
  try {
    return snappy().uncompressSync(block as Buffer, { asBuffer: true, copyOutputData: true }) as Buffer;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Writes one raw snappy block. */
export function writeSnappyBlock(out: DataOutputView, bytes: Uint8Array): void {
  out.writeBytes(snappy().compressSync(bytes as Buffer));
}
