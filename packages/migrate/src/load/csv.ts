import type { FileSystem } from '@statewright/bytes';
import { badRow, type Cell, type LoadRow } from './row.js';
import { textChunks } from './text-chunks.js';

/** A cell as it stands in the file: one without quotes and without text holds nothing. */
interface RawCell {
  readonly text: string;
  readonly quoted: boolean;
}

interface Record {
  readonly line: number;
  readonly cells: readonly RawCell[];
}

/**
 * The rows of a CSV file as in RFC 4180, in batches: commas, a header line, quotes around cells that hold a comma, a quote or
 * a line break, quotes inside doubled. An empty cell is no value; `""` is the empty string.
 */
export async function* csvRows(
  fs: FileSystem,
  path: string,
  name: string,
): AsyncGenerator<readonly LoadRow[]> {
  const scanner = new CsvScanner(name);
  let header: ReadonlyMap<string, number> | undefined;
  const rowsOf = (records: readonly Record[]): LoadRow[] => {
    let from = 0;
    if (header === undefined && records.length > 0) {
      header = headerOf(records[0]!, name);
      from = 1;
    }
    return records.slice(from).map((record) => rowOf(record, header!, name));
  };
  for await (const chunk of textChunks(fs, path)) yield rowsOf(scanner.take(chunk));
  yield rowsOf(scanner.finish());
  if (header === undefined) throw badRow(name, 1, 'the file is empty', 'its first line names the columns');
}

function headerOf({ cells, line }: Record, name: string): Map<string, number> {
  const columns = new Map<string, number>();
  for (const [i, { text }] of cells.entries()) {
    const column = i === 0 ? text.replace(/^\ufeff/, '') : text;
    if (columns.has(column)) throw badRow(name, line, `two columns are called ${JSON.stringify(column)}`);
    columns.set(column, i);
  }
  return columns;
}

function rowOf({ line, cells }: Record, header: ReadonlyMap<string, number>, name: string): LoadRow {
  if (cells.length !== header.size) {
    throw badRow(name, line, `the row has ${cells.length} cells, but the header has ${header.size}`);
  }
  const cell = (column: string): Cell | undefined => {
    const position = header.get(column);
    if (position === undefined) return undefined;
    const { text, quoted } = cells[position]!;
    return text === '' && !quoted ? { json: null } : { text };
  };
  return { line, table: true, cell };
}

const QUOTE = '"';

/** Cuts text into cells; keeps where it is from one piece of text to the next. */
class CsvScanner {
  private state: 'start' | 'plain' | 'quoted' | 'closed' = 'start';
  private text = '';
  private cells: RawCell[] = [];
  private line = 1;
  private recordLine = 1;

  constructor(private readonly name: string) {}

  take(chunk: string): Record[] {
    const records: Record[] = [];
    for (const char of chunk) {
      const ended = this.state === 'quoted' ? this.inQuotes(char) : this.outside(char);
      if (char === '\n') this.line++;
      if (ended) this.endRecord(records);
    }
    return records;
  }

  finish(): Record[] {
    if (this.state === 'quoted')
      throw badRow(this.name, this.recordLine, 'a quote is opened and never closed');
    const records: Record[] = [];
    if (this.state === 'start' && this.cells.length === 0) return records;
    this.endCell();
    this.endRecord(records);
    return records;
  }

  private inQuotes(char: string): boolean {
    if (char === QUOTE) this.state = 'closed';
    else this.text += char;
    return false;
  }

  /** Whether the record ends. */
  private outside(char: string): boolean {
    if (char === '\n') return this.endLine();
    if (char === ',') this.endCell();
    else if (char === QUOTE) this.quote();
    else if (char === '\r' && this.state !== 'plain') return false;
    else if (this.state === 'closed') {
      throw badRow(this.name, this.line, `${JSON.stringify(char)} is found behind a closing quote`);
    } else {
      this.state = 'plain';
      this.text += char;
    }
    return false;
  }

  private endLine(): boolean {
    if (this.state === 'start' && this.cells.length === 0) {
      this.recordLine = this.line + 1;
      return false;
    }
    if (this.state === 'plain' && this.text.endsWith('\r')) this.text = this.text.slice(0, -1);
    this.endCell();
    return true;
  }

  private quote(): void {
    if (this.state === 'plain')
      throw badRow(this.name, this.line, 'a quote is found inside a cell without quotes');
    // The second of two quotes is one that belongs to the text.
    if (this.state === 'closed') this.text += QUOTE;
    this.state = 'quoted';
  }

  private endCell(): void {
    this.cells.push({ text: this.text, quoted: this.state === 'closed' });
    this.text = '';
    this.state = 'start';
  }

  private endRecord(records: Record[]): void {
    records.push({ line: this.recordLine, cells: this.cells });
    this.cells = [];
    this.recordLine = this.line;
    this.state = 'start';
  }
}
