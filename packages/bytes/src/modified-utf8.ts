const CHUNK = 4096;

/**
 * Java's modified UTF-8 (`java.io.DataInput#readUTF`): U+0000 is C0 80, and a character beyond U+FFFF is its two
 * surrogates of three bytes each. Decodes `bytes[start..end)`; undefined when the bytes are not of that form.
 */
export function decodeModifiedUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  let text = '';
  const units: number[] = [];
  let p = start;
  while (p < end) {
    const a = bytes[p]!;
    if (a < 0x80) {
      units.push(a);
      p += 1;
    } else if (a >> 5 === 0b110 && p + 1 < end && isContinuation(bytes[p + 1]!)) {
      units.push(((a & 0x1f) << 6) | (bytes[p + 1]! & 0x3f));
      p += 2;
    } else if (
      a >> 4 === 0b1110 &&
      p + 2 < end &&
      isContinuation(bytes[p + 1]!) &&
      isContinuation(bytes[p + 2]!)
    ) {
      units.push(((a & 0x0f) << 12) | ((bytes[p + 1]! & 0x3f) << 6) | (bytes[p + 2]! & 0x3f));
      p += 3;
    } else {
      return undefined;
    }
    if (units.length >= CHUNK) {
      text += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  return text + String.fromCharCode(...units);
}

function isContinuation(byte: number): boolean {
  return byte >> 6 === 0b10;
}

/** The inverse of `decodeModifiedUtf8`; every JavaScript string, unpaired surrogates included, has an encoding. */
export function encodeModifiedUtf8(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 3);
  let p = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x01 && unit < 0x80) {
      out[p++] = unit;
    } else if (unit < 0x800) {
      out[p++] = 0xc0 | (unit >> 6);
      out[p++] = 0x80 | (unit & 0x3f);
    } else {
      out[p++] = 0xe0 | (unit >> 12);
      out[p++] = 0x80 | ((unit >> 6) & 0x3f);
      out[p++] = 0x80 | (unit & 0x3f);
    }
  }
  return out.slice(0, p);
}
