/*
 * Text from a snapshot (names, keys, values, class names) may hold anything. On a terminal, control characters move the
 * cursor, escape sequences rewrite the screen and bidirectional marks reorder what a person reads.
 */

/**
 * What must not reach a terminal as it is: C0 and C1 controls, DEL, line and paragraph separators, bidirectional
 * marks and overrides, zero-width and other invisible format characters, tag characters, unpaired surrogates; and of
 * the marks on one character those behind the eighth, which would be piled up over other rows.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]|[\u{e0000}-\u{e007f}]|\p{M}(?<=\p{M}{9})/gu;

const SHORT: { readonly [char: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Makes any text safe to print: what could steer a terminal or hide itself becomes `\n`, `\u001b` or `\u{e0041}`. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, escapeChar);
}

function escapeChar(char: string): string {
  const short = SHORT[char];
  if (short !== undefined) return short;
  const code = char.codePointAt(0) as number;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
