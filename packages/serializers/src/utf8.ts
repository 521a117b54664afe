import { StatewrightError } from '@statewright/bytes';
import { decodeAscii } from './codecs/utf16.js';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const SURROGATE = /\p{Surrogate}/u;

/**
 * UTF-8 `bytes[start..end)` as text; undefined when they are not UTF-8. Nothing is ever replaced. `data` is a view on
 * `bytes`.
 */
export function decodeUtf8(
  bytes: Uint8Array,
  data: DataView,
  start: number,
  end: number,
): string | undefined {
  const ascii = decodeAscii(bytes, data, start, end);
  if (ascii !== undefined) return ascii;
  try {
    return strict.decode(bytes.subarray(start, end));
  } catch {
    return undefined;
  }
}

/** The inverse of `decodeUtf8`; CANNOT_ENCODE for an unpaired surrogate, which UTF-8 has no bytes for. */
export function encodeUtf8(text: string, kind: string): Uint8Array {
  const bytes = encoder.encode(text);
  if (bytes.length !== text.length && SURROGATE.test(text)) {
    throw new StatewrightError('CANNOT_ENCODE', { kind, reason: 'the text has an unpaired surrogate' });
  }
  return bytes;
}
