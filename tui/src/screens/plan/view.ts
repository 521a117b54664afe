import { escapeText, plural, wrap } from '@statewright/report';
import { tableLines } from '../../components/list/table.js';
import type { Session } from '../../data/session.js';
import { BLANK, type Line, line, type Role } from '../../line/line.js';
import { stepOfError } from '../../plan/try-draft.js';
import type { ScreenContext, Size } from '../../screen.js';
import type { PlanState } from './state.js';
import { STEP_COLUMNS, type StepRow, stepRows } from './step-row.js';

const EMPTY = [
  'no steps yet',
  '',
  'On operators, states and types (t): r renames, D drops, t retypes, A adds a field, C converts, T is about time to live, P sets max parallelism, + lists all steps that fit.',
  'o opens a plan that was saved.',
];

/** Rows above the list. */
const HEAD_ROWS = 2;

/** Rows of steps that are seen at once: the other half of the screen says more of the one under the cursor. */
export function listRows({ height }: Size): number {
  return Math.max(2, Math.floor((height - HEAD_ROWS) / 2) - 1);
}

/** The steps, and more of the one under the cursor: its text in the plan, what it changes, what it loses. */
export function planLines(state: PlanState, { session, size }: ScreenContext): readonly Line[] {
  const rows = stepRows(session.draft);
  if (rows.length === 0) return EMPTY.flatMap((each) => paragraph(each, size.width, 'dim'));
  const table = tableLines(STEP_COLUMNS, rows, state.list, listRows(size) + 1, size.width);
  const own = rows[state.list.cursor];
  return [
    headLine(session, rows.length),
    BLANK,
    ...table,
    ...(own === undefined ? [] : [line('─'.repeat(size.width), 'border'), ...detail(own, state, size.width)]),
  ];
}

const CATEGORY_WORDS = {
  nothing: 'changes nothing',
  metadata: 'changes metadata only',
  rewriting: 'rewrites data',
  lossy: 'loses values',
} as const;

function headLine({ draft }: Session, count: number): Line {
  const { tried } = draft;
  const steps = plural(count, 'step');
  if (tried === undefined) return line(`${steps} · trying`, 'dim');
  if (tried.error !== undefined) {
    const failed = (stepOfError(tried) ?? 0) + 1;
    return line(`${steps} · step ${failed} does not fit the snapshot`, 'bad');
  }
  return line(`${steps} · ${CATEGORY_WORDS[tried.category]}`, tried.category === 'lossy' ? 'warn' : 'strong');
}

function detail({ step, changes, error, number }: StepRow, { yaml }: PlanState, width: number): Line[] {
  const text = yaml[number - 1] ?? step.verb;
  return [
    ...paragraph(escapeText(text), width, 'type'),
    ...(error === undefined ? [] : [BLANK, ...paragraph(escapeText(error), width, 'bad')]),
    ...(changes.length === 0 ? [] : [BLANK]),
    ...changes.flatMap(({ mark, address, what, loses }) => {
      const lost = loses === undefined ? '' : `; loses ${loses}`;
      return paragraph(
        escapeText(`${mark} ${address}  ${what}${lost}`),
        width,
        loses === undefined ? 'plain' : 'warn',
      );
    }),
  ];
}

function paragraph(text: string, width: number, role: Role): Line[] {
  return text === '' ? [BLANK] : wrap(text, Math.max(8, width)).map((each) => line(each, role));
}
