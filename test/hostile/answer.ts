import { type FileSystem, StatewrightError } from '@statewright/bytes';
import { describer, inspectView, schemaView } from '@statewright/inspect';
import { jsonText, RENDERERS } from '@statewright/report';
import {
  openSavepoint,
  readEntries,
  type Savepoint,
  type State,
  type StateEntry,
} from '@statewright/savepoint';
import { MapValue, toJson } from '@statewright/serializers';
import { ROOT } from './samples.js';

/** What a run over a snapshot came to: everything that could be read, or the error it ended with. */
export type Answer = Complete | Failed;

export interface Complete {
  readonly kind: 'complete';
  /** What `inspect` and `schema` say, as JSON and as text. */
  readonly views: string;
  /** What could not be understood and was said so: headers cut short at a serializer that is not known, states of unknown kind. */
  readonly problems: readonly string[];
  /** Every entry, in file order. */
  readonly entries: readonly EntryLine[];
}

export interface Failed {
  readonly kind: 'error';
  readonly code: string;
  readonly message: string;
}

export interface EntryLine {
  /** What `export` writes of it, but for what only the metadata file says: the operator's names, the subtask's number. */
  readonly text: string;
  /** How many parts it has: the entries of a map, the elements of a list. */
  readonly parts: number;
}

/**
 * Opens a snapshot, describes it, reads every entry and writes it all down, as a person would with `inspect`, `schema`
 * and `export`. Anything but a typed error is a defect and is thrown.
 */
export async function answerOf(fs: FileSystem, path = ROOT): Promise<Answer> {
  try {
    return await everything(fs, path);
  } catch (error) {
    return typed(error);
  }
}

/** The error as an answer; what is no typed error, and INTERNAL, is thrown. */
export function typed(error: unknown): Failed {
  if (!(error instanceof StatewrightError) || error.code === 'INTERNAL') throw error;
  return { kind: 'error', code: error.code, message: error.message };
}

const READABLE = new Set(['canonical', 'heap', 'operator']);

async function everything(fs: FileSystem, path: string): Promise<Complete> {
  const savepoint = await openSavepoint(path, { fs, relocate: true });
  const views = viewTexts(savepoint);
  const entries: EntryLine[] = [];
  for (const operator of savepoint.operators) {
    const states = operator.states.filter((state) =>
      state.parts.every(({ stream }) => READABLE.has(stream.format)),
    );
    await addEntries(savepoint, states, entries);
  }
  return { kind: 'complete', views, problems: problemsOf(savepoint), entries };
}

function problemsOf({ operators }: Savepoint): string[] {
  return operators.flatMap(({ id, states, streams }) => [
    ...streams.flatMap(({ problem }) => (problem === undefined ? [] : [problem])),
    ...states.filter(({ kind }) => kind === 'unknown').map(({ name }) => `${id}/${name} is of unknown kind`),
  ]);
}

function viewTexts(savepoint: Savepoint): string {
  const describe = describer(savepoint.formats);
  const states = savepoint.operators.flatMap((operator) => operator.states);
  const views = [inspectView(savepoint, ROOT, describe), schemaView(savepoint, ROOT, states, describe)];
  const text = RENDERERS[0]!;
  return views
    .flatMap((view) => [jsonText(view), ...text.render(view, { width: 80, colour: false, detail: true })])
    .join('\n');
}

async function addEntries(
  savepoint: Savepoint,
  states: readonly State[],
  entries: EntryLine[],
): Promise<void> {
  for await (const batch of readEntries(savepoint, states, { verifyKeyGroups: true })) {
    for (const entry of batch) {
      const { value } = entry;
      entries.push({
        text: entryText(entry),
        parts: value instanceof MapValue ? value.entries.length : Array.isArray(value) ? value.length : 1,
      });
    }
  }
}

function entryText({ state, keyGroup, key, namespace, value, ttl }: StateEntry): string {
  const parts = [key, namespace, ttl].map((part) => (part === undefined ? '' : toJson(part)));
  return [state.kind, JSON.stringify(state.name), keyGroup, ...parts, toJson(value)].join(' ');
}
