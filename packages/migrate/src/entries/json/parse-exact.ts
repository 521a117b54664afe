/** A string or a number. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** So many digits a double may not hold. */
const MANY_DIGITS = /\d{16}/;
const LONG = /^-?\d{16,}$/;

/**
 * As `JSON.parse`, but that whole numbers of 16 digits and more become strings, as `json-mapping` writes longs beyond 2^53:
 * a double would round them without a word. SyntaxError for what is no JSON.
 */
export function parseExact(text: string): unknown {
  if (!MANY_DIGITS.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(TOKEN, (token) => (LONG.test(token) ? `"${token}"` : token)));
}
