import type { State, StateStream } from '@statewright/savepoint';
import type { Session } from './session.js';

/** Which state: names are not unique without the kind. */
export interface StateName {
  /** The operator's id, 32 hex digits. */
  readonly operator: string;
  readonly state: string;
  readonly kind: string;
}

/** The state of that name; undefined when the snapshot holds none. */
export function stateOf({ savepoint }: Session, { operator, state, kind }: StateName): State | undefined {
  const own = savepoint.operators.find(({ id }) => id === operator);
  return own?.states.find((each) => each.name === state && each.kind === kind);
}

/** A key group of one stream: the unit in which keys are read. `bytes` are those of all states of the stream in it. */
export interface Section {
  readonly keyGroup: number;
  readonly stream: StateStream;
  readonly bytes: number;
}

/** The key groups that may hold entries of a state, by number; told by the streams' headers, no state is read. */
export function sectionsOf({ parts }: State): Section[] {
  const streams = new Set(parts.map(({ stream }) => stream));
  const sections = [...streams].flatMap((stream) => streamSections(stream));
  return sections.sort((a, b) => a.keyGroup - b.keyGroup || a.stream.subtask - b.stream.subtask);
}

function streamSections(stream: StateStream): Section[] {
  const first = stream.keyGroups?.start ?? 0;
  const present = stream.keyGroupOffsets
    .map((start, i) => ({ keyGroup: first + i, start }))
    .filter(({ start }) => start > 0 || (start === 0 && stream.format === 'raw-keyed'))
    .sort((a, b) => a.start - b.start);
  return present.map(({ keyGroup, start }, i) => {
    const end = present[i + 1]?.start ?? stream.ref.size;
    return { keyGroup, stream, bytes: Math.max(0, end - start) };
  });
}

/** Where an entry is: the position of its section, and its number among the state's entries there, from 0. */
export interface Spot {
  readonly section: number;
  readonly offset: number;
}
