import type { ChangeKind, StateDiff } from '@statewright/inspect';
import { escapeText, plural, wrap } from '@statewright/report';
import { LIST_START, type ListState, withListMoved } from '../../components/list/state.js';
import { type Column, tableLines } from '../../components/list/table.js';
import { BLANK, type Line, line, type Role } from '../../line/line.js';
import type { Screen, ScreenContext } from '../../screen.js';
import type { ChangeRow } from './change-row.js';

/** A state of a comparison and those of its changes that are listed. */
export interface DiffStateArgs {
  readonly diff: StateDiff;
  readonly changes: readonly ChangeRow[];
}

/** What is looked at of them. */
export interface DiffStateState extends DiffStateArgs {
  readonly list: ListState;
}

const SIGNS: { readonly [change in ChangeKind]: string } = { added: '+', removed: '-', changed: '~' };
const ROLES: { readonly [change in ChangeKind]: Role } = { added: 'good', removed: 'bad', changed: 'warn' };

const COLUMNS: readonly Column<ChangeRow>[] = [
  { head: '', cell: ({ change }) => ({ text: SIGNS[change], role: ROLES[change] }) },
  { head: 'KEY', cell: ({ key }) => ({ text: key, role: 'key' }) },
  { head: 'WHAT', cell: ({ summary }) => summary, grows: true },
];

/** What is said where no change is listed. */
const NO_CHANGE: { readonly [verdict in StateDiff['verdict']]: string } = {
  same: 'no entry differs',
  differs: 'no entry that differs is known',
  unknown: 'whether entries differ cannot be told',
};

/** Types first: what differs in them, old lines before new ones. */
function headLines({ diff, changes }: DiffStateState, { size }: ScreenContext): readonly Line[] {
  const { counts, schema, why, address, kind } = diff;
  const all = counts === null ? 0 : counts.added + counts.removed + counts.changed;
  const listed = all > changes.length ? `, ${changes.length} listed` : '';
  const types = schema.flatMap(({ place, old, new: now }) => [
    line(place, 'heading'),
    ...old.map((text) => line(`- ${escapeText(text)}`, 'bad')),
    ...now.map((text) => line(`+ ${escapeText(text)}`, 'good')),
  ]);
  return [
    line(`${escapeText(address)} (${kind}) · ${plural(all, 'change')}${listed}`, 'dim'),
    ...(why === null ? [] : wrap(escapeText(why), size.width).map((text) => line(text, 'warn'))),
    ...firstOf(types, Math.max(2, Math.floor(size.height / 2) - 3)),
    BLANK,
  ];
}

/** Long types leave half of the screen to the entries. */
function firstOf(types: readonly Line[], rows: number): readonly Line[] {
  if (types.length <= rows) return types;
  const left = types.length - rows + 1;
  return [...types.slice(0, rows - 1), line(`… ${plural(left, 'more line')} of types`, 'dim')];
}

function detailLines({ key, change, detail }: ChangeRow, width: number): readonly Line[] {
  return [
    line(`${change} ${key}`, ROLES[change]),
    BLANK,
    ...detail.flatMap((text) => wrap(escapeText(text), width).map((each) => line(each))),
  ];
}

/** The changes of one state. */
export const diffStateScreen: Screen<DiffStateState, DiffStateArgs> = {
  id: 'diff-state',
  keys: [{ keys: 'enter', does: 'the whole change' }],
  open: (args) => ({ state: { ...args, list: LIST_START } }),
  update(state, event, context) {
    if (event.type !== 'key') return { state };
    const { changes } = state;
    const chosen = changes[state.list.cursor];
    if ((event.key === 'enter' || event.key === 'right') && chosen !== undefined) {
      const args = { title: chosen.key, lines: (width: number) => detailLines(chosen, width) };
      return { state, wishes: { go: { to: 'text', args } } };
    }
    const rows = context.size.height - headLines(state, context).length - 1;
    return { state: withListMoved(state, event.key, changes.length, rows) };
  },
  view(state, context) {
    const head = headLines(state, context);
    const { height, width } = context.size;
    if (state.changes.length === 0) return [...head, line(NO_CHANGE[state.diff.verdict], 'dim')];
    return [...head, ...tableLines(COLUMNS, state.changes, state.list, height - head.length, width)];
  },
  title: ({ diff }) => escapeText(diff.name),
};
