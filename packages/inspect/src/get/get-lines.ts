import { StatewrightError } from '@statewright/bytes';
import {
  keyGroupFor,
  readEntries,
  type Savepoint,
  type State,
  type StateEntry,
} from '@statewright/savepoint';
import { compileCodec, type TypeDescription, toJson } from '@statewright/serializers';
import type { Describe } from '../describe.js';
import { LineWriter } from '../export/entry-line.js';
import { type FlatEntry, flatEntries } from '../export/flat-entries.js';
import { addressOf } from '../names.js';
import { type Progress, StreamProgress } from '../progress.js';
import { namespaceSerializerOf } from '../state-serializers.js';
import { canonicalJson, keyValue, type NamedKey, namedKey } from './json-key.js';

/** Which key `getLines` looks for. */
export interface GetOptions {
  /** As typed: JSON, or plain text where keys are strings. */
  readonly key: string;
  readonly namespace?: string | undefined;
  readonly typed?: boolean;
  readonly progress?: Progress | undefined;
}

/** The lines of one key: one for each namespace; for broadcast state the entry under that key of each subtask. */
export async function* getLines(
  savepoint: Savepoint,
  state: State,
  describe: Describe,
  options: GetOptions,
): AsyncGenerator<string> {
  const key = namedKey(options.key, keyType(state, describe), '--key');
  const writer = new LineWriter(state, options.typed === true ? savepoint.formats : undefined);
  for await (const entry of findEntries(savepoint, state, describe, options)) {
    for (const found of partsUnder(entry, key)) yield writer.line(found);
  }
}

/**
 * The entries that hold a key: one for each namespace; of broadcast state all that have it. Reads only the key's group
 * where the key's hash is known from its type, else all of the state.
 */
export async function* findEntries(
  savepoint: Savepoint,
  state: State,
  describe: Describe,
  options: GetOptions,
): AsyncGenerator<StateEntry> {
  const type = keyType(state, describe);
  const key = namedKey(options.key, type, '--key');
  const namespace = namespaceFilter(state, describe, options.namespace);
  const progress = new StreamProgress([state], options.progress);
  const keyGroups = keyGroupOf(savepoint, state, type, key);
  for await (const batch of readEntries(savepoint, [state], { keyGroups })) {
    for (const entry of batch) {
      if (namespace !== undefined && jsonOf(entry.namespace) !== namespace.spelling) continue;
      if (partsUnder(entry, key).length > 0) yield entry;
    }
    progress.reached(batch.at(-1));
  }
}

function keyType(state: State, describe: Describe): TypeDescription {
  if (state.keySerializer !== undefined) return describe(state.keySerializer);
  throw new StatewrightError('USAGE', {
    kind: 'OP/STATE',
    reason: `${addressOf(state)} is of kind ${state.kind}, which has no keys`,
    next: '`export` prints all of it',
  });
}

function namespaceFilter(state: State, describe: Describe, text: string | undefined): NamedKey | undefined {
  const serializer = namespaceSerializerOf(state);
  if (text === undefined) return undefined;
  const type = serializer === undefined ? { type: 'void', serializer: '' } : describe(serializer);
  return namedKey(text, type, '--namespace');
}

/** The key group, as a range of one, of a key whose hash its type determines. */
function keyGroupOf(
  savepoint: Savepoint,
  { keySerializer, kind, operator }: State,
  type: TypeDescription,
  { json }: NamedKey,
): { readonly start: number; readonly end: number } | undefined {
  const value = keyValue(json, type);
  if (value === undefined || kind === 'broadcast') return undefined;
  const hash = compileCodec(keySerializer!, { formats: savepoint.formats }).hash?.(value);
  if (hash === undefined) return undefined;
  const keyGroup = keyGroupFor(hash, operator.maxParallelism);
  return { start: keyGroup, end: keyGroup };
}

/** What of an entry is under a key: all of it, or of broadcast state the one map entry. */
function partsUnder(entry: StateEntry, key: NamedKey): readonly FlatEntry[] {
  if (entry.state.kind === 'broadcast') {
    return flatEntries(entry).filter(({ userKey }) => jsonOf(userKey) === key.spelling);
  }
  return jsonOf(entry.key) === key.spelling ? [entry] : [];
}

function jsonOf(value: unknown): string {
  return value === undefined ? '' : canonicalJson(JSON.parse(toJson(value)));
}
