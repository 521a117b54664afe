/** A key of a block mapping and its value on one line: what stands before the value, and the value. */
const LINE = /^(\s*(?:- +)*[\w-]+:[ \t]+)([^\s'"{[|>&*!#%@`].*)$/;
/** A colon inside of a value, behind which YAML would expect another value. */
const INNER_COLON = /:(?=\s)/;
const COMMENT = /\s+#.*$/;

/**
 * Puts types that stand alone on a line into quotes, so that they can be written as they are in state contracts:
 * `layout: com.acme.Profile { nick: string }` is no YAML for the colon in it. Lines stay where they are, and columns up to the
 * value.
 */
export function quoteTypes(text: string): string {
  return text.split('\n').map(quoteLine).join('\n');
}

function quoteLine(line: string): string {
  const [, head, rest] = LINE.exec(line.trimEnd()) ?? [];
  if (head === undefined || rest === undefined) return line;
  const value = rest.replace(COMMENT, '');
  if (!value.includes('{') || !INNER_COLON.test(value)) return line;
  return `${head}'${value.replaceAll("'", "''")}'${rest.slice(value.length)}`;
}
