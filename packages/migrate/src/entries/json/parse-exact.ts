/** A string or a number. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** What a double may not hold: many digits, a large exponent. */
const SUSPECT = /\d{16}|[eE]\+?\d{3}/;
const LONG = /^-?\d{16,}$/;

/**
 * As `JSON.parse`, but that whole numbers of 16 digits and more become strings, as `json-mapping` writes longs beyond 2^53,
 * and so do numbers beyond a double: it would round them without a word. SyntaxError for what is no JSON.
 */
export function parseExact(text: string): unknown {
  if (!SUSPECT.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(TOKEN, (token) => (isBeyond(token) ? `"${token}"` : token)));
}

function isBeyond(token: string): boolean {
  return !token.startsWith('"') && (LONG.test(token) || !Number.isFinite(Number(token)));
}
