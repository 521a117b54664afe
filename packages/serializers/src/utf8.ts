import { StatewrightError } from '@statewright/bytes';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
/** Longer texts are decoded faster by the runtime. */
const SHORT = 32;
const SURROGATE = /\p{Surrogate}/u;

/** UTF-8 `bytes[start..end)` as text; undefined when they are not UTF-8. Nothing is ever replaced. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start <= SHORT) {
    let p = start;
    while (p < end && bytes[p]! < 0x80) p++;
    if (p === end) return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
  }
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
