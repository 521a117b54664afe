import { DataOutputView, type StatewrightError } from '@statewright/bytes';
import { compileCodec, type SerializerSnapshot, type SnapshotFormat, toJson } from '@statewright/serializers';
import type { MigratedEntry } from '../job/entry-change.js';
import type { LoadFeed } from '../job/load-feed.js';
import { badRow, type LoadFile } from './row.js';
import { type LoadTypes, type RowOptions, rowEntries } from './row-entries.js';

/** A feed of what a file holds. The file is read anew each time, and never whole. */
export function loadFeed(file: LoadFile, types: LoadTypes, options: RowOptions): LoadFeed {
  return {
    type: 'load',
    file: file.name,
    async *entries() {
      const make = rowEntries(types, options);
      const isNew = types.kind === 'broadcast' ? newKeys(types, options.formats) : undefined;
      for await (const rows of file.rows()) {
        const entries: MigratedEntry[] = [];
        for (const row of rows) {
          for (const entry of make(row)) {
            if (isNew === undefined || isNew(entry, (reason) => badRow(file.name, row.line, reason)))
              entries.push(entry);
          }
        }
        if (entries.length > 0) yield entries;
      }
    },
  };
}

/** `export` writes broadcast state once for each subtask: what is the same again is passed over. */
function newKeys(
  { element, userKey }: LoadTypes,
  formats: readonly SnapshotFormat[],
): (entry: MigratedEntry, bad: (reason: string) => StatewrightError) => boolean {
  const known = new Map<string, string>();
  const keyBytes = bytesOf(userKey!, formats);
  const valueBytes = bytesOf(element!, formats);
  return ({ key, value }, bad) => {
    const [k, v] = [keyBytes(key), value === null ? '' : valueBytes(value)];
    const before = known.get(k);
    if (before === undefined) {
      known.set(k, v);
      return true;
    }
    if (before === v) return false;
    throw bad(`the key ${toJson(key)} is there twice, with another value`);
  };
}

function bytesOf(
  snapshot: SerializerSnapshot,
  formats: readonly SnapshotFormat[],
): (value: unknown) => string {
  const codec = compileCodec(snapshot, { formats });
  const output = new DataOutputView();
  return (value) => {
    output.clear();
    codec.write(output, value);
    return Buffer.from(output.view()).toString('latin1');
  };
}
