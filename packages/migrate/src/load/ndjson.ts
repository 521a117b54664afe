import type { FileSystem } from '@statewright/bytes';
import { parseExact } from '../entries/json/parse-exact.js';
import { membersOf } from '../entries/json/reader.js';
import { badRow, type LoadRow } from './row.js';
import { textChunks } from './text-chunks.js';

/** Characters of a line, at most: one that long is no line. */
const MAX_LINE = 64 << 20;

/** The lines of an NDJSON file, in batches; empty ones are passed over. BAD_DOCUMENT for what is no JSON object. */
export async function* ndjsonRows(
  fs: FileSystem,
  path: string,
  name: string,
): AsyncGenerator<readonly LoadRow[]> {
  let rest = '';
  let line = 0;
  for await (const chunk of textChunks(fs, path)) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    if (rest.length > MAX_LINE)
      throw badRow(name, line + 1, `the line is longer than ${MAX_LINE} characters`);
    yield lines.flatMap((text) => rowOf(text, ++line, name));
  }
  yield rowOf(rest, line + 1, name);
}

function rowOf(text: string, line: number, name: string): LoadRow[] {
  if (text.trim() === '') return [];
  let json: unknown;
  try {
    json = parseExact(text);
  } catch {
    throw badRow(name, line, 'the line is no JSON', 'a line is an object such as {"key": …, "value": …}');
  }
  const members = membersOf(json);
  if (members === undefined) throw badRow(name, line, 'the line is JSON, but no object');
  return [
    {
      line,
      table: false,
      cell: (member) => (members.has(member) ? { json: members.get(member) } : undefined),
    },
  ];
}
