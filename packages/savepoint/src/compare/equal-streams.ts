import type { Savepoint, StateStream, StreamRef } from '../model.js';
import { streamBytes } from '../stream-bytes.js';
import { equalRanges, sameFiles } from './equal-ranges.js';

/** A stream of one snapshot. */
export interface StreamOf {
  readonly savepoint: Savepoint;
  readonly stream: StateStream;
}

/** How the bytes of two streams compare, their further files (RocksDB tables, changelog segments) among them. */
export interface StreamEquality {
  /** Every byte is the same, and every file has the same name for the backend. */
  readonly equal: boolean;
  /** Of the further files: how many each side has, and how many are the same bytes under the same name. */
  readonly files: { readonly old: number; readonly new: number; readonly same: number };
}

/** Compares two streams byte by byte, without understanding them. Files that are one and the same are not read. */
export async function equalStreams(old: StreamOf, now: StreamOf): Promise<StreamEquality> {
  const [a, b] = [old.stream, now.stream];
  const alike = a.format === b.format && a.compressed === b.compressed && sameRange(a, b);
  const equalMain = alike && (await equalRefs(old, a.ref, now, b.ref));
  const byName = new Map(b.files.map((file) => [lastPart(file.name), file.ref]));
  let same = 0;
  for (const file of a.files) {
    const other = byName.get(lastPart(file.name));
    if (other !== undefined && (await equalRefs(old, file.ref, now, other))) same++;
  }
  const files = { old: a.files.length, new: b.files.length, same };
  return { equal: equalMain && same === files.old && same === files.new, files };
}

function sameRange({ keyGroups: a }: StateStream, { keyGroups: b }: StateStream): boolean {
  return a?.start === b?.start && a?.end === b?.end;
}

/** Relative handles keep the name of their directory. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** A file that must not be opened is the same as itself only. */
async function equalRefs(old: StreamOf, a: StreamRef, now: StreamOf, b: StreamRef): Promise<boolean> {
  const same = sameFiles(old.savepoint, now.savepoint);
  if (a.kind === 'file' && b.kind === 'file' && (a.outside === true || b.outside === true)) {
    return same && a.path === b.path && a.start === b.start && a.size === b.size;
  }
  return equalRanges(
    { bytes: streamBytes(old.savepoint.fs, old.savepoint.location, a), start: 0, end: a.size },
    { bytes: streamBytes(now.savepoint.fs, now.savepoint.location, b), start: 0, end: b.size },
    same,
  );
}
