import { findEntries } from '@statewright/inspect';
import type { State, StateEntry } from '@statewright/savepoint';
import { toJson } from '@statewright/serializers';
import { breather } from '../../data/breather.js';
import { type Section, type Spot, stateOf } from '../../data/place.js';
import { type RowSource, rowNumber, rowsBefore, rowsFrom } from '../../data/read-rows.js';
import type { Effect, ScreenContext } from '../../screen.js';
import { CHUNK, type KeysData, type KeysState } from './state.js';

function sourceOf(state: KeysState, { session }: ScreenContext, signal: AbortSignal): RowSource {
  const { sections, filters, args } = state;
  return { session, state: stateOf(session, args)!, sections, filters, signal };
}

/** Where to begin, and whether the row there is wanted, too. */
export interface ReadFrom {
  readonly spot: Spot;
  readonly inclusive: boolean;
}

/** Reads rows from a spot towards the end. */
export function readForward(state: KeysState, context: ScreenContext, from: ReadFrom): Effect<KeysData> {
  const { request } = state;
  return {
    label: 'reading keys',
    slot: 'rows',
    async run(signal, report) {
      const parts = rowsFrom(sourceOf(state, context, signal), from.spot, from.inclusive, CHUNK);
      for await (const part of parts) report({ type: 'rows', request, towards: 'end', ...part });
      return { type: 'read', request };
    },
  };
}

/** Reads rows before a spot, towards the start. */
export function readBackward(state: KeysState, context: ScreenContext, before: Spot): Effect<KeysData> {
  const { request } = state;
  return {
    label: 'reading keys',
    slot: 'rows',
    async run(signal, report) {
      const parts = rowsBefore(sourceOf(state, context, signal), before, CHUNK);
      for await (const part of parts) report({ type: 'rows', request, towards: 'start', ...part });
      return { type: 'read', request };
    },
  };
}

/** Looks for a key as it is typed: JSON, or plain text where keys are strings. */
export function findKey(state: KeysState, context: ScreenContext, key: string): Effect<KeysData> {
  return {
    label: `looking for ${key}`,
    slot: 'find',
    async run(signal) {
      const { session } = context;
      const wanted = stateOf(session, state.args)!;
      const found = await firstEntry(wanted, context, key, signal);
      if (found === undefined) return { type: 'found', spot: undefined, key };
      const spot = await spotOf(sourceOf(state, context, signal), state.sections, found);
      return { type: 'found', spot, key };
    },
  };
}

async function firstEntry(
  state: State,
  { session }: ScreenContext,
  key: string,
  signal: AbortSignal,
): Promise<StateEntry | undefined> {
  const breathe = breather(signal);
  const options = { key, progress: () => signal.throwIfAborted() };
  for await (const entry of findEntries(session.savepoint, state, session.describe, options)) return entry;
  await breathe();
  return undefined;
}

/** The entry's place in the list; what it is known by is its key and namespace. */
async function spotOf(
  source: RowSource,
  sections: readonly Section[],
  entry: StateEntry,
): Promise<Spot | undefined> {
  const name = nameOf(entry);
  for (const [section, { keyGroup, stream }] of sections.entries()) {
    if (keyGroup !== entry.keyGroup || stream.subtask !== entry.subtask) continue;
    const offset = await rowNumber(source, section, (each) => nameOf(each) === name);
    if (offset !== undefined) return { section, offset };
  }
  return undefined;
}

function nameOf({ key, namespace, value, state }: StateEntry): string {
  const parts = state.kind === 'timer' ? [key, namespace, value] : [key, namespace];
  return parts.map((part) => (part === undefined ? '' : toJson(part))).join(' ');
}
