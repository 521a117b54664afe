import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import {
  openSavepoint,
  readEntries,
  type Savepoint,
  type State,
  type StateEntry,
} from '@statewright/savepoint';
import { Opaque } from '@statewright/serializers';
import { FIXTURES } from './corpus.js';
import { canonicalText, entryLine } from './entry-json.js';

interface Expected {
  readonly operators: readonly {
    readonly uid: string;
    readonly operatorId: string;
    /** `entries` is null where Flink itself has no way to show them; `why` says it. */
    readonly states: readonly {
      readonly name: string;
      readonly kind: string;
      readonly entries: number | null;
    }[];
  }[];
}

/** `operator/state` of what Flink shows. */
function shown(expected: Expected): Set<string> {
  const states = expected.operators.flatMap(({ operatorId, states }) =>
    states.map((state) => ({ ...state, operatorId })),
  );
  return new Set(
    states.filter(({ entries }) => entries !== null).map(({ operatorId, name }) => `${operatorId}/${name}`),
  );
}

const NOT_READ: readonly string[] = ['rocksdb', 'changelog'];

/** The states whose values this release reads. */
function readable(savepoint: Savepoint): State[] {
  return savepoint.operators
    .flatMap((operator) => operator.states)
    .filter((state) => state.parts.every((part) => !NOT_READ.includes(part.stream.format)));
}

type Json = Record<string, unknown>;

interface Ours {
  readonly lines: Json[];
  /** `state/key group` of which an opaque value took all the rest, so that not every line can be ours. */
  readonly cutShort: Set<string>;
}

async function ourLines(savepoint: Savepoint, states: readonly State[]): Promise<Ours> {
  const ours: Ours = { lines: [], cutShort: new Set() };
  const broadcast = new Set<string>();
  for await (const batch of readEntries(savepoint, states, { verifyKeyGroups: true })) {
    for (const entry of batch) {
      if ([entry.key, entry.namespace, entry.value].some(tookTheRest)) {
        ours.cutShort.add(`${entry.state.operator.id}/${entry.state.name}/${entry.keyGroup}`);
        continue;
      }
      const line = withoutTtl(entry);
      const text = canonicalText(line);
      // Every subtask holds a copy of a broadcast state; Flink shows one.
      if (entry.state.kind === 'broadcast' && broadcast.has(text)) continue;
      if (entry.state.kind === 'broadcast') broadcast.add(text);
      ours.lines.push(line);
    }
  }
  return ours;
}

function tookTheRest(value: unknown): boolean {
  return value instanceof Opaque && /stands for all that follows|lies behind a value/.test(value.why);
}

/** The State Processor API does not show times of last access; that there is one for each value is checked here. */
function withoutTtl(entry: StateEntry): Json {
  const { ttl, ...line } = entryLine(entry);
  assert.equal(ttl !== undefined, entry.state.ttl, entry.state.name);
  if (Array.isArray(ttl)) assert.equal(ttl.length, (line.value as unknown[]).length);
  return line;
}

function expectedLines(directory: string): Json[] {
  const text = readFileSync(join(directory, 'expect.entries.ndjson'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Puts `@opaque` where ours has it: what follows an opaque field of a POJO cannot be told, and Flink shows it. */
function hide(theirs: unknown, ours: unknown): unknown {
  if (typeof ours !== 'object' || ours === null) return theirs;
  if (Object.hasOwn(ours, '@opaque')) return { '@opaque': null };
  if (Array.isArray(theirs) && Array.isArray(ours)) return theirs.map((each, i) => hide(each, ours[i]));
  if (typeof theirs !== 'object' || theirs === null) return theirs;
  return Object.fromEntries(Object.entries(theirs).map(([k, v]) => [k, hide(v, (ours as Json)[k])]));
}

function placeOf({ operatorId, state, keyGroup, subtask, key }: Json): string {
  return canonicalText([operatorId, state, keyGroup ?? null, subtask ?? null, key]);
}

/** The expected lines as text, each with what is opaque in the line of ours that it belongs to. */
function hidden(theirs: readonly Json[], ours: readonly Json[]): string[] {
  const byPlace = new Map<string, Json[]>();
  for (const line of ours) {
    if (!canonicalText(line).includes('"@opaque"')) continue;
    byPlace.set(placeOf(line), [...(byPlace.get(placeOf(line)) ?? []), line]);
  }
  return theirs.map((line) => {
    const candidates = byPlace.get(placeOf(line)) ?? [];
    const texts = candidates.map((each) => [canonicalText(hide(line, each)), canonicalText(each)] as const);
    return texts.find(([a, b]) => a === b)?.[0] ?? canonicalText(line);
  });
}

describe('generated savepoints hold what the State Processor API reads from them', () => {
  const names = readdirSync(FIXTURES).filter((name) =>
    existsSync(join(FIXTURES, name, 'expect.entries.ndjson')),
  );
  assert.ok(names.length >= 20, `${names.length} fixtures`);
  for (const name of names) {
    test(name, async () => {
      const directory = join(FIXTURES, name);
      const expected = JSON.parse(readFileSync(join(directory, 'expect.json'), 'utf8')) as Expected;
      const uidCandidates = expected.operators.map((operator) => operator.uid);
      const savepoint = await openSavepoint(directory, { uidCandidates, relocate: true });
      const visible = shown(expected);
      const states = readable(savepoint).filter((state) => visible.has(`${state.operator.id}/${state.name}`));
      const ours = await ourLines(savepoint, states);
      const read = new Set(states.map((state) => `${state.operator.id}/${state.name}`));
      const theirs = expectedLines(directory)
        .filter((line) => read.has(`${line.operatorId}/${line.state}`))
        .filter((line) => !ours.cutShort.has(`${line.operatorId}/${line.state}/${line.keyGroup}`));
      assert.deepEqual(ours.lines.map(canonicalText).sort(), hidden(theirs, ours.lines).sort());
    });
  }
});
