import { quotedText } from './type-syntax/cursor.js';

/** Texts that YAML's core schema, or an old reader, would take for something else. */
const NOT_TEXTS = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/** A one-line text as a YAML scalar or key: bare where nothing in it could mean anything else, else in double quotes. */
export function yamlText(text: string): string {
  const bare =
    /^[A-Za-z_][A-Za-z0-9_.,/$()<>[\]?* -]*$/.test(text) && !text.endsWith(' ') && !NOT_TEXTS.test(text);
  return bare ? text : quotedText(text);
}

/** The lines of `key: text`: on the key's line, or as a block of lines that are kept as they are. */
export function yamlEntry(key: string, lines: readonly string[], indent: number): string[] {
  const lead = ' '.repeat(indent);
  const [first = ''] = lines;
  if (lines.length === 1 && yamlText(first) === first) return [`${lead}${key}: ${first}`];
  return [`${lead}${key}: |`, ...lines.map((line) => `${lead}  ${line}`)];
}
