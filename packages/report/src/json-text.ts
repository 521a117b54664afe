/** What JSON allows inside strings but a terminal should not get; unpaired surrogates are escaped by `JSON.stringify`. */
const UNSAFE =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

/** JSON whose strings cannot steer a terminal: control and bidirectional characters are `\u` escapes. */
export function jsonText(value: unknown, indent?: number): string {
  return safeJson(JSON.stringify(value, undefined, indent));
}

/** Makes JSON text safe to print; the parsed value stays the same, since such characters only occur in strings. */
export function safeJson(json: string): string {
  return json.replace(UNSAFE, (text) =>
    Array.from(
      { length: text.length },
      (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
