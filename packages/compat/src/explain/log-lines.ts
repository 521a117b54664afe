/** A line is cut here: no message that matters is longer, and every pattern stays fast. */
export const LONGEST_LINE = 1 << 14;
/** A line without an end is kept up to here: a trace in JSON stands on one line. */
const LONGEST_RAW = 1 << 20;

/** Line breaks of a trace that was written as JSON text: `\n\tat ...`, `\nCaused by: ...`. */
const ESCAPED_BREAK = /(?:\\r)?\\n(?=\\t|Caused by: |Suppressed: )/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours that a terminal's copy may hold
const COLOURS = /\u001b\[[0-9;]*m/g;

/**
 * The lines of a log, chunk by chunk, in bounded memory. A trace that stands on one line of JSON is taken apart; `onLine`
 * gets the number of the line in the file, from 1, and the text without colours.
 */
export async function readLogLines(
  chunks: AsyncIterable<Uint8Array>,
  onLine: (text: string, number: number) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  let number = 0;
  const take = (line: string) => {
    number++;
    for (const text of partsOf(line)) onLine(text, number);
  };
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    const last = lines.pop()!;
    rest = last.length > LONGEST_RAW ? last.slice(0, LONGEST_RAW) : last;
    for (const line of lines) take(line);
  }
  rest += decoder.decode();
  if (rest !== '') take(rest);
}

/** The name of a container that docker compose writes before each line. */
const CONTAINER = /^[\w.-]{1,60} *\| /;

function partsOf(raw: string): string[] {
  const line = (raw.endsWith('\r') ? raw.slice(0, -1) : raw).replace(CONTAINER, '');
  const parts = line.includes('\\n') ? line.split(ESCAPED_BREAK) : [line];
  return parts.map((part) => {
    const text = part.startsWith('\\t') ? `\t${part.slice(2)}` : part;
    const cut = text.length > LONGEST_LINE ? text.slice(0, LONGEST_LINE) : text;
    return cut.includes('\u001b') ? cut.replace(COLOURS, '') : cut;
  });
}
