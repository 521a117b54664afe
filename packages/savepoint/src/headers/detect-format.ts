import { DataInputView } from '@statewright/bytes';
import { END_OF_KEY_GROUP } from '../entries/key-group-frames.js';
import { keyGroupPrefixBytes } from '../key-groups.js';
import type { StreamBytes } from '../stream-bytes.js';

/** How much of key group 0 is looked at when it is the only one. */
const PROBE = 64 * 1024;

/**
 * Tells the canonical (full) layout from the heap's in a stream under tag 3 or 12, whose handle does not say.
 *
 * A heap key group begins with its number as a plain `i32`; a canonical one with `i16 stateId, i32 key length`, whose
 * first four bytes are no key-group number above 0, or with the snappy stream identifier. The heap writes every key
 * group, so an absent one (offset 0) is canonical. Key group 0 alone can look like both: then its entries are walked.
 */
export async function detectKeyedFormat(
  stream: StreamBytes,
  startKeyGroup: number,
  offsets: readonly number[],
  maxParallelism: number,
): Promise<'canonical' | 'heap'> {
  if (offsets.length === 0 || offsets.some((offset) => offset <= 0)) return 'canonical';
  const last = offsets.length - 1;
  const keyGroup = startKeyGroup + last;
  const at = offsets[last]!;
  const bytes = await stream.read(at, Math.min(stream.size, at + (keyGroup === 0 ? PROBE : 4)));
  const input = new DataInputView(bytes, stream.file, stream.fileOffset + at);
  if (input.remaining < 4) return 'canonical';
  if (keyGroup !== 0) return input.readInt() === keyGroup ? 'heap' : 'canonical';
  const complete = at + bytes.length === stream.size;
  return isCanonicalGroup(input, keyGroupPrefixBytes(maxParallelism), complete) ? 'canonical' : 'heap';
}

/** Whether the bytes of key group 0 can be walked as canonical entries, up to its end marker or the end of the probe. */
function isCanonicalGroup(input: DataInputView, prefixBytes: number, complete: boolean): boolean {
  if (input.bytes[0] === 0xff) return true;
  input.pos += 2;
  while (input.remaining >= 4) {
    const keyLength = input.readInt();
    if (keyLength < prefixBytes) return false;
    if (keyLength > input.remaining) return !complete;
    const flagged = (input.bytes[input.pos]! & 0x80) !== 0;
    for (let i = 0; i < prefixBytes; i++) {
      if ((input.bytes[input.pos + i]! & (i === 0 ? 0x7f : 0xff)) !== 0) return false;
    }
    input.pos += keyLength;
    if (input.remaining < 4) return !complete;
    const valueLength = input.readInt();
    if (valueLength < 0) return false;
    if (valueLength > input.remaining) return !complete;
    input.pos += valueLength;
    if (flagged) {
      if (input.remaining < 2) return !complete;
      if (input.readUnsignedShort() === END_OF_KEY_GROUP) return input.remaining === 0 || !complete;
    }
  }
  return !complete;
}
