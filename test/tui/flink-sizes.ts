import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../architecture/source-tree.js';

/*
 * How large entries are by Flink's serializers, from the lines that the State Processor API wrote of them; none of the toolkit's readers takes
 * part. Enough for the states of the fraud detector: strings, doubles, longs, maps of strings and booleans, timers without a namespace.
 */

/** A line of `expect.entries.ndjson`. */
export interface Line {
  readonly uid: string;
  readonly kind: string;
  readonly state: string;
  readonly keyGroup: number | null;
  readonly key: unknown;
  readonly value: unknown;
}

/** The lines beside a snapshot. */
export function linesOf(snapshot: string, file = 'expect.entries.ndjson'): readonly Line[] {
  const text = readFileSync(path.join(ROOT, snapshot, file), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((each) => JSON.parse(each) as Line);
}

/** `StringValue.writeString`, flink-core 2.3: the length plus one and each UTF-16 unit, seven bits a byte. */
export function stringBytes(text: string): number {
  const sizes = [text.length + 1, ...Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))];
  return sizes.reduce((sum, each) => sum + (each < 0x80 ? 1 : each < 0x4000 ? 2 : 3), 0);
}

/** A number is a long or a double; a map entry is its key, a byte that says whether the value is null, and a boolean. */
export function valueBytes({ kind, value }: Line): number {
  if (kind !== 'map') return 8;
  return (value as [string, boolean][]).reduce((sum, [key]) => sum + stringBytes(key) + 2, 0);
}

/** What a canonical savepoint holds of it: lengths of four bytes each, the key group in one byte, key and namespace (one byte). */
export function storedBytes(line: Line): number {
  const around = 4 + 1 + stringBytes(line.key as string) + 1 + 4;
  const rows = line.kind === 'map' ? (line.value as unknown[]).length : 1;
  return rows * around + valueBytes(line);
}
