import type { OperatorView } from '@statewright/inspect';
import { escapeText, formatBytes, plural } from '@statewright/report';
import { bar } from '../../components/bar.js';
import { LIST_START, type ListState, withListMoved } from '../../components/list/state.js';
import { type Column, tableLines } from '../../components/list/table.js';
import { commandLine } from '../../data/command-line.js';
import { BLANK, type Line, line } from '../../line/line.js';
import { operatorInDraft } from '../../plan/draft.js';
import type { PlanPlace } from '../../plan/place.js';
import { planWishes } from '../../plan/press.js';
import { planKeys } from '../../plan/verbs.js';
import type { Screen, ScreenContext } from '../../screen.js';
import { countFindings, countsLine, type FindingCounts } from './count-findings.js';

/** State of the first screen: the operators of the snapshot. */
export interface OverviewState {
  readonly list: ListState;
  /** Undefined until they are counted. */
  readonly findings: FindingCounts | undefined;
}

const HEAD_ROWS = 4;
const BAR = 16;

function columns(most: number): readonly Column<OperatorView>[] {
  return [
    { head: 'OPERATOR', cell: (each) => ({ text: nameOf(each), role: 'key' }), grows: true },
    { head: 'STATES', cell: (each) => String(each.states.length), align: 'end' },
    { head: 'PAR', cell: (each) => String(each.parallelism), align: 'end', optional: 2 },
    { head: 'MAX', cell: (each) => String(each.maxParallelism), align: 'end', optional: 3 },
    { head: 'BYTES', cell: (each) => formatBytes(each.stateBytes), align: 'end' },
    { head: '', cell: (each) => ({ text: bar(each.stateBytes / most, BAR), role: 'good' }), optional: 1 },
  ];
}

function nameOf({ uid, name, id }: OperatorView): string {
  return escapeText(uid ?? name ?? id.slice(0, 8));
}

/** The operators as they are listed: the largest first. */
export function operatorsOf({ session }: ScreenContext): readonly OperatorView[] {
  return [...session.overview.operators].sort((a, b) => b.stateBytes - a.stateBytes);
}

function headLines({ findings }: OverviewState, { session }: ScreenContext): readonly Line[] {
  const { snapshot } = session.overview;
  const [first, last] = snapshot.flinkVersions;
  const versions = first === last ? first : `${first} to ${last}`;
  const kind = `${snapshot.format ?? ''} ${snapshot.type ?? 'snapshot'}`.trim();
  const facts = [
    `${kind} ${snapshot.checkpointId}`,
    `Flink ${versions}`,
    plural(snapshot.operators, 'operator'),
    plural(snapshot.states, 'state'),
    `${formatBytes(snapshot.stateBytes)} of state`,
  ];
  return [
    line(escapeText(session.path), 'strong'),
    line(facts.join(' · '), 'dim'),
    countsLine(findings),
    BLANK,
  ];
}

/** Where a key leads that is about the whole snapshot. */
const PLACES: ReadonlyMap<string, { readonly to: string; readonly does: string }> = new Map([
  ['s', { to: 'stats', does: 'stats' }],
  ['f', { to: 'findings', does: 'findings' }],
  ['d', { to: 'diff', does: 'diff' }],
  ['T', { to: 'timers', does: 'timers' }],
  ['F', { to: 'files', does: 'files' }],
  ['C', { to: 'checkpoints', does: 'others' }],
]);

/** An operator as a place of the plan. */
function placeOf(operator: OperatorView, { session }: ScreenContext): PlanPlace {
  const { maxParallelism } = operator;
  return { level: 'operator', operator: operatorInDraft(session.draft, operator), maxParallelism };
}

/** The operators, the largest first, their sizes as bars. */
export const overviewScreen: Screen<OverviewState, undefined> = {
  id: 'overview',
  palette: 'operators and their sizes',
  keys: [
    { keys: 'enter', does: 'states' },
    ...[...PLACES].map(([keys, { does }]) => ({ keys, does })),
    { keys: 't', does: 'types' },
    ...planKeys(['r', 'D', 'P']),
  ],
  open: (_, context) => ({
    state: { list: LIST_START, findings: undefined },
    wishes: { effects: [countFindings(context)] },
  }),
  update(state, event, context) {
    if (event.type === 'data') return { state: { ...state, findings: event.data as FindingCounts } };
    const operators = operatorsOf(context);
    const own = operators[state.list.cursor];
    if (event.type !== 'key') return { state };
    if (own !== undefined && event.key === 't')
      return { state, wishes: { go: { to: 'schema', args: { operator: own.id } } } };
    if (event.key === 'enter' || event.key === 'right') {
      if (own === undefined) return { state };
      return { state, wishes: { go: { to: 'states', args: { operator: own.id } } } };
    }
    const place = PLACES.get(event.key);
    if (place !== undefined) return { state, wishes: { go: { to: place.to, args: undefined } } };
    const wishes = own === undefined ? undefined : planWishes(event.key, placeOf(own, context));
    if (wishes !== undefined) return { state, wishes };
    return { state: withListMoved(state, event.key, operators.length, context.size.height - HEAD_ROWS - 1) };
  },
  view(state, context) {
    const { size } = context;
    const operators = operatorsOf(context);
    const most = Math.max(1, ...operators.map(({ stateBytes }) => stateBytes));
    const rows = tableLines(columns(most), operators, state.list, size.height - HEAD_ROWS, size.width);
    return [...headLines(state, context), ...rows];
  },
  title: (_, { session }) => escapeText(session.path.split('/').filter(Boolean).at(-1) ?? session.path),
  command: (_, { session }) => commandLine('inspect', session.path),
};
