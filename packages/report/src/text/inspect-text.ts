import type { InspectView, OperatorView, StateView, StreamView } from '@statewright/inspect';
import { escapeText } from './escape.js';
import { factLines } from './facts.js';
import { formatBytes, plural } from './numbers.js';
import { operatorTitle, snapshotText } from './snapshot-text.js';
import type { Style } from './style.js';
import { type Column, layoutTable } from './table.js';
import { wrap } from './width.js';

const STATES: readonly Column[] = [
  { title: 'STATE', shrink: 'wrap', min: 16 },
  { title: 'KIND' },
  { title: 'KEY', shrink: 'wrap' },
  { title: 'VALUE', shrink: 'wrap', min: 16 },
  { title: 'NOTES', shrink: 'wrap' },
];

const STREAMS: readonly Column[] = [
  { title: 'SUBTASK', align: 'right' },
  { title: 'FORMAT' },
  { title: 'KEY GROUPS', align: 'right' },
  { title: 'BYTES', align: 'right' },
  { title: 'FILE', shrink: 'wrap' },
];

/** The tree of a snapshot; `detail` adds every stream. */
export function* inspectText(
  view: InspectView,
  width: number,
  style: Style,
  detail: boolean,
): Iterable<string> {
  yield* snapshotText(view.snapshot, width, style);
  for (const operator of view.operators.filter(hasState)) {
    yield '';
    yield* operatorTitle(operator, width, style);
    yield* factLines(operatorFacts(operator), width, 2);
    yield* statesText(operator.states, width, style);
    if (detail) yield* streamsText(operator.streams, width, style);
    yield* problemsText(operator, width, style);
  }
  yield* statelessText(view.operators, width, style);
}

function hasState(operator: OperatorView): boolean {
  const { streams, coordinatorStateBytes, channelState } = operator;
  return streams.length > 0 || coordinatorStateBytes !== null || channelState.handles > 0;
}

/** Operators that hold nothing, by their best name, on as few lines as possible. */
function* statelessText(operators: readonly OperatorView[], width: number, style: Style): Iterable<string> {
  const names = operators.filter((one) => !hasState(one)).map(({ uid, name, id }) => uid ?? name ?? id);
  if (names.length === 0) return;
  const counted = [...new Set(names)].map((name) => {
    const times = names.filter((other) => other === name).length;
    return escapeText(name) + (times === 1 ? '' : ` (${times})`);
  });
  yield '';
  yield style.heading(`${plural(names.length, 'operator')} without state`);
  yield* factLines(counted, width, 2);
}

function operatorFacts(operator: OperatorView): string[] {
  const { channelState, coordinatorStateBytes, streams } = operator;
  const formats = [...new Set(streams.map(({ format }) => format))].join(' and ');
  const compressed = streams.some((stream) => stream.compressed) ? 'compressed ' : '';
  return [
    `parallelism ${operator.parallelism} of ${operator.maxParallelism}`,
    streams.length === 0
      ? 'no state'
      : `${formatBytes(operator.stateBytes)} in ${plural(streams.length, `${compressed}${formats} stream`)}`,
    finishedFact(operator),
    coordinatorStateBytes === null ? '' : `coordinator state ${formatBytes(coordinatorStateBytes)}`,
    channelState.handles === 0
      ? ''
      : `in-flight records ${formatBytes(channelState.bytes)} in ${plural(channelState.handles, 'channel')}`,
    operator.uidFrom === 'candidate' ? 'uid from a candidate' : '',
  ];
}

function finishedFact(operator: OperatorView): string {
  if (operator.fullyFinished) return 'finished';
  return operator.finishedSubtasks === 0 ? '' : `${plural(operator.finishedSubtasks, 'subtask')} finished`;
}

function statesText(states: readonly StateView[], width: number, style: Style): string[] {
  if (states.length === 0) return [];
  const rows = states.map((state) => [
    escapeText(state.name),
    state.kind,
    escapeText(state.key ?? ''),
    escapeText(state.brief),
    escapeText(notesOf(state).join(', ')),
  ]);
  return layoutTable(usedColumns(STATES, rows), usedCells(rows), { width, indent: 2, heading: style.dim });
}

function notesOf(state: StateView): string[] {
  return [
    ...(state.ttl ? ['ttl'] : []),
    ...(state.namespace === null || state.namespace === 'unknown' ? [] : [`namespace ${state.namespace}`]),
    ...(state.opaque.length === 0 ? [] : ['opaque']),
  ];
}

function streamsText(streams: readonly StreamView[], width: number, style: Style): string[] {
  if (streams.length === 0) return [];
  const rows = streams.map((stream) => [
    String(stream.subtask),
    stream.format + (stream.compressed ? ' snappy' : ''),
    stream.keyGroups === null ? '' : stream.keyGroups.join('..'),
    formatBytes(stream.bytes + stream.files.reduce((total, { bytes }) => total + bytes, 0)),
    fileOf(stream),
  ]);
  return [
    '',
    ...layoutTable(usedColumns(STREAMS, rows), usedCells(rows), { width, indent: 2, heading: style.dim }),
  ];
}

function fileOf(stream: StreamView): string {
  const more = stream.files.length === 0 ? '' : ` and ${plural(stream.files.length, 'file')}`;
  return `${stream.file === null ? '(in the metadata)' : escapeText(stream.file)}${more}`;
}

/** A column that is empty in every row is left out. */
function usedColumns(columns: readonly Column[], rows: readonly (readonly string[])[]): Column[] {
  return columns.filter((_, i) => rows.some((row) => row[i] !== ''));
}

function usedCells(rows: readonly (readonly string[])[]): string[][] {
  return rows.map((row) => row.filter((_, i) => rows.some((other) => other[i] !== '')));
}

/** Problems of streams, one line for all subtasks that have the same one in different places; a single one with its place. */
function problemLines(operator: OperatorView): string[] {
  const groups = new Map<string, Set<number>>();
  const whole = new Map<string, string>();
  for (const { subtask, problem } of operator.streams) {
    if (problem === null) continue;
    const text = problem.replace(/ at \S+\[\d+\.\.\d+\):/, ':');
    groups.set(text, (groups.get(text) ?? new Set()).add(subtask));
    whole.set(text, problem);
  }
  return [...groups].map(([text, subtasks]) =>
    subtasks.size === 1
      ? `subtask ${[...subtasks][0]}: ${whole.get(text)}`
      : `subtasks ${[...subtasks].join(', ')}: ${text}`,
  );
}

/** What cannot be read, and why: opaque parts and headers that stayed closed. */
function* problemsText(operator: OperatorView, width: number, style: Style): Iterable<string> {
  const opaque = operator.states.flatMap((state) =>
    state.opaque.map((part) => `${state.name} > ${part.path}: ${part.why}`),
  );
  const problems = problemLines(operator);
  for (const text of [...opaque, ...problems]) {
    const [first = '', ...rest] = wrap(escapeText(text), width - 4);
    yield style.warn(`  ! ${first}`);
    for (const line of rest) yield style.warn(`    ${line}`);
  }
}
