import type { Finding, RuleRow, Severity } from '@statewright/compat';
import { escapeText, plural } from '@statewright/report';
import { LIST_START, type ListState, withListMoved } from '../../components/list/state.js';
import { type Column, tableLines } from '../../components/list/table.js';
import { commandLine } from '../../data/command-line.js';
import { shortAddress } from '../../data/short-address.js';
import { BLANK, type Line, line, type Role } from '../../line/line.js';
import type { Screen, ScreenContext, Step } from '../../screen.js';
import { explainLines } from './explain.js';
import { type Found, lintEffect } from './lint.js';
import { checkEffect } from './run-check.js';

/** What `lint` or `check` found. */
export interface FindingsState {
  readonly found: Found;
  readonly list: ListState;
}

const HEAD_ROWS = 2;
const ROLES: { readonly [severity in Severity]: Role } = { error: 'bad', warning: 'warn', note: 'dim' };

const COLUMNS: readonly Column<Finding>[] = [
  { head: 'SEVERITY', cell: ({ severity, suppressed }) => severityCell(severity, suppressed !== undefined) },
  { head: 'RULE', cell: ({ rule }) => ({ text: rule, role: 'key', rule }) },
  { head: 'WHERE', cell: ({ path }) => escapeText(shortAddress(path)), grows: true },
  {
    head: 'WHAT',
    cell: ({ reason }) => ({ text: escapeText(reason).slice(0, 60), role: 'dim' }),
    optional: 1,
  },
];

function severityCell(severity: Severity, suppressed: boolean) {
  return suppressed
    ? { text: 'suppressed', role: 'dim' as const }
    : { text: severity, role: ROLES[severity] };
}

function headLine({ found }: FindingsState): Line {
  const { findings, source, looking } = found;
  const count = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  const facts = [
    source,
    plural(count('error'), 'error'),
    plural(count('warning'), 'warning'),
    plural(count('note'), 'note'),
    ...(looking === undefined ? [] : [looking]),
  ];
  return line(facts.join(' · '), looking === undefined ? 'dim' : 'warn');
}

function openFinding(state: FindingsState, finding: Finding): Step<FindingsState> {
  const rule: RuleRow | undefined = state.found.rules.find(({ id }) => id === finding.rule);
  const args = {
    title: finding.rule,
    lines: (width: number) => explainLines(finding, rule, width),
    command: `explain ${finding.rule}`,
  };
  return { state, wishes: { go: { to: 'text', args } } };
}

const ASK_AGAINST = {
  prompt: 'against',
  label: 'check against a snapshot or contract (empty: the same job):',
} as const;
const ASK_TARGET = { prompt: 'target', label: 'check for Flink (2.3):' } as const;

function answered(state: FindingsState, prompt: string, text: string, context: ScreenContext) {
  const target = prompt === 'target' ? text.trim() : '';
  const against = prompt === 'against' ? text.trim() : '';
  const found = { ...state.found, looking: 'checking' };
  return {
    state: { found, list: LIST_START },
    wishes: { effects: [checkEffect({ against, target }, context)] },
  };
}

/** What `lint` finds in the snapshot, and what `check` finds for another job or release. */
export const findingsScreen: Screen<FindingsState, undefined> = {
  id: 'findings',
  palette: 'what lint and check find',
  keys: [
    { keys: 'enter', does: 'explain' },
    { keys: 'a', does: 'check against' },
    { keys: 't', does: 'check for a Flink release' },
    { keys: 'l', does: 'lint' },
  ],
  open(_, context) {
    const found: Found = { source: 'lint', findings: [], rules: [], looking: 'looking', command: ['lint'] };
    return { state: { found, list: LIST_START }, wishes: { effects: [lintEffect(context)] } };
  },
  update(state, event, context) {
    if (event.type === 'data') return { state: { ...state, found: event.data as Found } };
    if (event.type === 'answer') return answered(state, event.prompt, event.text, context);
    const { findings } = state.found;
    const chosen = findings[state.list.cursor];
    if ((event.key === 'enter' || event.key === 'right') && chosen !== undefined)
      return openFinding(state, chosen);
    if (event.key === 'a') return { state, wishes: { ask: ASK_AGAINST } };
    if (event.key === 't') return { state, wishes: { ask: ASK_TARGET } };
    if (event.key === 'l') return findingsScreen.open(undefined, context);
    return { state: withListMoved(state, event.key, findings.length, context.size.height - HEAD_ROWS - 1) };
  },
  view(state, { size }) {
    const { findings, looking } = state.found;
    const head = [headLine(state), BLANK];
    if (findings.length === 0)
      return looking === undefined ? [...head, line('nothing was found', 'good')] : head;
    return [...head, ...tableLines(COLUMNS, findings, state.list, size.height - HEAD_ROWS, size.width)];
  },
  title: () => 'findings',
  command: ({ found }, { session }) => {
    const [verb = '', ...rest] = found.command;
    return commandLine(verb, session.path, ...rest);
  },
};
