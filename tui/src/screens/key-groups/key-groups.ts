import { splitReadable } from '@statewright/inspect';
import { escapeText, formatBytes, formatCount } from '@statewright/report';
import { commandLine } from '../../data/command-line.js';
import { type Section, type StateName, sectionsOf, stateOf } from '../../data/place.js';
import { BLANK, type Line, line, type Span } from '../../line/line.js';
import type { Screen, ScreenContext } from '../../screen.js';
import { unreadableLines } from '../unreadable.js';

/** Sizes of key groups and the one under the cursor. */
export interface KeyGroupsState {
  readonly name: StateName;
  /** Bytes of each key group, by number. */
  readonly bytes: readonly number[];
  readonly cursor: number;
  readonly unreadable: string | undefined;
}

const RAMP = '▁▂▃▄▅▆▇█';
const FIGURES = 5;

/** Bytes by key group; a group that is nowhere has none. */
function bytesByGroup(sections: readonly Section[], maxParallelism: number): number[] {
  const bytes = new Array<number>(maxParallelism).fill(0);
  for (const { keyGroup, bytes: more } of sections) bytes[keyGroup] = (bytes[keyGroup] ?? 0) + more;
  return bytes;
}

function columnsOf({ size }: ScreenContext): number {
  return Math.max(8, Math.min(64, size.width - 8) & ~7);
}

/** The cursor after a key; undefined when the key does not move it. */
function target({ cursor, bytes }: KeyGroupsState, key: string, columns: number): number | undefined {
  const steps = new Map([
    ['left', -1],
    ['right', 1],
    ['up', -columns],
    ['k', -columns],
    ['down', columns],
    ['j', columns],
    ['home', -cursor],
    ['end', bytes.length - 1 - cursor],
  ]);
  if (key === 'm') return bytes.indexOf(bytes.reduce((a, b) => Math.max(a, b), 0));
  const step = steps.get(key);
  if (step === undefined || (key === 'left' && cursor === 0)) return undefined;
  return Math.max(0, Math.min(bytes.length - 1, cursor + step));
}

/** The figures below the strip. */
function figures({ bytes, cursor }: KeyGroupsState): Line[] {
  const total = bytes.reduce((sum, each) => sum + each, 0);
  const most = bytes.reduce((a, b) => Math.max(a, b), 0);
  const mean = total / bytes.length;
  const empty = bytes.filter((each) => each === 0).length;
  const here = bytes[cursor] ?? 0;
  return [
    BLANK,
    line(`key group ${cursor}: ${formatBytes(here)}, ${times(here, mean)} the mean`, 'strong'),
    line(`largest: ${bytes.indexOf(most)} with ${formatBytes(most)}, ${times(most, mean)} the mean`),
    line(
      `mean ${formatBytes(Math.round(mean))} · ${formatCount(empty)} of ${formatCount(bytes.length)} hold nothing`,
    ),
    line('bytes of all states of the operator together, as the headers tell', 'dim'),
  ];
}

function times(bytes: number, mean: number): string {
  return mean === 0 ? '0 ×' : `${(bytes / mean).toFixed(1)} ×`;
}

function stripLines({ bytes, cursor }: KeyGroupsState, columns: number, rows: number): Line[] {
  const most = Math.max(
    1,
    bytes.reduce((a, b) => Math.max(a, b), 0),
  );
  const lines = Math.ceil(bytes.length / columns);
  const first = Math.max(0, Math.min(Math.floor(cursor / columns) - Math.floor(rows / 2), lines - rows));
  return Array.from({ length: Math.min(rows, lines) }, (_, i): Line => {
    const start = (first + i) * columns;
    const cells = bytes
      .slice(start, start + columns)
      .map((each, c) => cell(each, most, start + c === cursor));
    return { spans: [{ text: `${String(start).padStart(6)}  `, role: 'dim' }, ...cells] };
  });
}

function cell(bytes: number, most: number, selected: boolean): Span {
  const level = bytes === 0 ? 0 : Math.ceil((bytes / most) * RAMP.length);
  const text = level === 0 ? '·' : RAMP[level - 1]!;
  if (selected) return { text: level === 0 ? '·' : text, role: 'selected' };
  return { text, role: level === 0 ? 'dim' : level > 6 ? 'bad' : level > 3 ? 'warn' : 'good' };
}

/** Sizes of key groups as a strip of bars, as the headers tell them. */
export const keyGroupsScreen: Screen<KeyGroupsState, StateName> = {
  id: 'key-groups',
  keys: [
    { keys: 'enter', does: 'keys of the group' },
    { keys: 'm', does: 'the largest' },
  ],
  open(name, { session }) {
    const state = stateOf(session, name)!;
    const bytes = bytesByGroup(sectionsOf(state), state.operator.maxParallelism);
    return { state: { name, bytes, cursor: 0, unreadable: splitReadable([state]).unreadable[0]?.why } };
  },
  update(state, event, context) {
    if (event.type !== 'key' || state.unreadable !== undefined) return { state };
    if (event.key === 'enter') {
      const args = { ...state.name, keyGroup: state.cursor };
      return { state, wishes: { go: { to: 'keys', args } } };
    }
    const cursor = target(state, event.key, columnsOf(context));
    return { state: cursor === undefined ? state : { ...state, cursor } };
  },
  view(state, context) {
    if (state.unreadable !== undefined) return unreadableLines(state.name, state.unreadable, context);
    const strip = stripLines(state, columnsOf(context), Math.max(1, context.size.height - FIGURES));
    return [...strip, ...figures(state)];
  },
  title: ({ name }) => `${escapeText(name.state)} by key group`,
  command: ({ name }, { session }) => commandLine('stats', session.path, `${name.operator}/${name.state}`),
};
