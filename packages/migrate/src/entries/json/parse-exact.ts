const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const LEADING_ZERO = /^-?0\d/;
/** What a double may not hold: many digits, a large exponent. */
const SUSPECT = /\d{16}|[eE]\+?\d{3}/;
const LONG = /^-?\d{16,}$/;

/**
 * As `JSON.parse`, but that whole numbers of 16 digits and more become strings, as `json-mapping` writes longs beyond 2^53,
 * and so do numbers beyond a double: it would round them without a word. SyntaxError for what is no JSON.
 */
export function parseExact(text: string): unknown {
  return JSON.parse(SUSPECT.test(text) ? outsideStrings(text, quoteNumbers) : text);
}

function quoteNumbers(text: string): string {
  return text.replace(NUMBER, (number) => (isBeyond(number) ? `"${number}"` : number));
}

function isBeyond(number: string): boolean {
  if (LEADING_ZERO.test(number)) return false;
  return LONG.test(number) || !Number.isFinite(Number(number));
}

/** JSON text with what is between its strings in another form. */
function outsideStrings(text: string, change: (part: string) => string): string {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at);
    parts.push(change(quote < 0 ? text.slice(at) : text.slice(at, quote)));
    if (quote < 0) break;
    const end = endOfString(text, quote);
    parts.push(text.slice(quote, end));
    at = end;
  }
  return parts.join('');
}

/** Behind the quote that ends the string which begins at another; the text's end when there is none. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}
