import type { ColumnType, ExportColumn } from '@statewright/inspect';
import { type BasicType, ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { cellOf, cellText, type ExportRecord } from './cells.js';

/** Parquet's type of a column; `json` is its JSON text. */
const TYPES: { readonly [type in ColumnType]: BasicType } = {
  string: 'STRING',
  int: 'INT32',
  long: 'INT64',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  json: 'STRING',
};

/** Rows of a row group, and characters after which it ends earlier. */
const GROUP_ROWS = 50_000;
const GROUP_SIZE = 32 << 20;

/** Writes exported lines as a Parquet file, a row group at a time: memory holds one group. */
export class ParquetFile {
  private readonly bytes = new ByteWriter(1 << 20);
  private readonly writer: ParquetWriter;
  private cells: unknown[][];
  private rows = 0;
  private size = 0;

  constructor(private readonly columns: readonly ExportColumn[]) {
    const columnData = columns.map(({ name, type }) => ({ name, data: [], type: TYPES[type] }));
    this.writer = new ParquetWriter({
      writer: this.bytes,
      schema: schemaFromColumnData({ columnData }),
      createdBy: 'statewright',
    });
    this.cells = columns.map(() => []);
  }

  /** Takes one line of `size` characters; gives bytes when a group is complete. */
  add(record: ExportRecord, size: number): Uint8Array | undefined {
    for (const [i, column] of this.columns.entries()) {
      this.cells[i]!.push(converted(cellOf(record, column), column.type));
    }
    this.rows++;
    this.size += size;
    return this.rows >= GROUP_ROWS || this.size >= GROUP_SIZE ? this.endGroup() : undefined;
  }

  /** The rest of the file. */
  finish(): Uint8Array {
    const last = this.rows === 0 ? new Uint8Array(0) : this.endGroup();
    this.writer.finish();
    const tail = this.take();
    const all = new Uint8Array(last.length + tail.length);
    all.set(last);
    all.set(tail, last.length);
    return all;
  }

  private endGroup(): Uint8Array {
    const columnData = this.columns.map(({ name, type }, i) => ({
      name,
      data: this.cells[i]!,
      type: TYPES[type],
    }));
    this.writer.write({ columnData, rowGroupSize: this.rows });
    this.cells = this.columns.map(() => []);
    this.rows = 0;
    this.size = 0;
    return this.take();
  }

  /** What was written since the last time; `offset` goes on counting, `index` starts again. */
  private take(): Uint8Array {
    const written = this.bytes.getBytes().slice();
    this.bytes.index = 0;
    return written;
  }
}

/** A cell in the form that the writer wants. */
function converted(cell: unknown, type: ColumnType): unknown {
  if (cell === undefined) return null;
  switch (type) {
    case 'long':
      return BigInt(cell as number | string);
    case 'double':
      return Number(cell);
    case 'int':
    case 'boolean':
      return cell;
    default:
      return cellText(cell);
  }
}
