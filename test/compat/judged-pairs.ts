import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DataInputView } from '@statewright/bytes';
import {
  type BackendName,
  flinkVersion,
  type PathNote,
  type Place,
  resolveInPlace,
  resolveSchemaCompatibility,
} from '@statewright/compat';
import { readSerializerSnapshot, type SerializerSnapshot } from '@statewright/serializers';
import { ROOT } from '../architecture/source-tree.js';

/* The pairs of `fixtures/pairs`, each with what real Flink makes of it and what we say to the same bytes. */

const FOLDER = path.join(ROOT, 'fixtures/pairs');
const BACKENDS: readonly BackendName[] = ['hashmap', 'rocksdb'];

/** Name, release that wrote the old side, release that restores. */
export const JUDGED_FILES = [
  ['flink1.20', '1.20', '1.20'],
  ['flink2.3', '2.3', '2.3'],
  ['flink1.20-to-2.3', '1.20', '2.3'],
] as const;

export type JudgedFile = (typeof JUDGED_FILES)[number][0];

interface Outcome {
  readonly restores: boolean;
  readonly readable?: boolean;
}

interface Line {
  readonly id: string;
  readonly family: string;
  readonly what: string;
  readonly place?: Place;
  readonly state?: string;
  readonly old: string;
  readonly new: string;
  readonly verdict: string | null;
  readonly both?: Outcome;
  readonly hashmap?: Outcome;
  readonly rocksdb?: Outcome;
}

/** One question about a pair, Flink's answer and ours. */
export interface Answered {
  readonly id: string;
  /** Family and phrase. */
  readonly label: string;
  /** `verdict`, `hashmap restores`, `rocksdb readable` ... */
  readonly question: string;
  readonly flink: string;
  readonly ours: string;
  /** What in the pair is not known to come back right. */
  readonly codes: readonly string[];
  /** All pairs of the file with the same bytes in the same place have the same text. */
  readonly bytes: string;
}

function linesOf<L>(name: string): L[] {
  const text = readFileSync(path.join(FOLDER, `${name}.ndjson`), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as L);
}

let snapshots: ReadonlyMap<string, string> | undefined;

function snapshotOf(name: string): SerializerSnapshot {
  snapshots ??= new Map(
    linesOf<{ snapshot: string; bytes: string }>('snapshots').map(({ snapshot, bytes }) => [snapshot, bytes]),
  );
  return readSerializerSnapshot(
    new DataInputView(new Uint8Array(Buffer.from(snapshots.get(name)!, 'base64'))),
  );
}

type Said = ReadonlyMap<string, Pick<Answered, 'ours' | 'codes'>>;

function say(line: Line, from: string, to: string): Said {
  const [old, now] = [snapshotOf(line.old), snapshotOf(line.new)];
  const place = line.place ?? 'value';
  const said = new Map<string, Pick<Answered, 'ours' | 'codes'>>();
  for (const backend of BACKENDS) {
    const target = { version: flinkVersion(to)!, sourceVersion: flinkVersion(from), backend };
    const { verdict } = resolveSchemaCompatibility(old, now, target, place);
    said.set('verdict', { ours: verdict, codes: [] });
    const placed = resolveInPlace(old, now, target, { place, isMapState: line.state === 'MAP' });
    said.set(`${backend} restores`, { ours: placed.restores, codes: [] });
    if (placed.restores !== 'yes') continue;
    said.set(`${backend} readable`, { ours: placed.readable, codes: codesOf(placed.notes) });
  }
  return said;
}

function codesOf(notes: readonly PathNote[]): readonly string[] {
  return [...new Set(notes.filter(({ readable }) => readable === 'unknown').map(({ code }) => code))].sort();
}

function flinks(line: Line): ReadonlyMap<string, string> {
  const answers = new Map([['verdict', line.verdict ?? 'INCOMPATIBLE']]);
  for (const backend of BACKENDS) {
    const { restores, readable } = (line.both ?? line[backend])!;
    answers.set(`${backend} restores`, restores ? 'yes' : 'no');
    if (readable !== undefined) answers.set(`${backend} readable`, readable ? 'yes' : 'no');
  }
  return answers;
}

/** All questions about all pairs of a file; whether the values come back is asked where both say that Flink goes on. */
export function answersOf(file: JudgedFile): readonly Answered[] {
  const [, from, to] = JUDGED_FILES.find(([name]) => name === file)!;
  const asked = new Map<string, Said>();
  return linesOf<Line>(file).flatMap((line) => {
    const bytes = [line.old, line.new, line.place, line.state].join(' ');
    const said = asked.get(bytes) ?? say(line, from, to);
    asked.set(bytes, said);
    const label = `${line.family}: ${line.what}`;
    return [...flinks(line)].flatMap(([question, flink]) => {
      const answer = said.get(question);
      return answer === undefined ? [] : [{ id: line.id, label, question, flink, ...answer, bytes }];
    });
  });
}
