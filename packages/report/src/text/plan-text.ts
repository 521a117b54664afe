import type { PlanView } from '@statewright/migrate';
import { checkText } from './check-text.js';
import { escapeText } from './escape.js';
import { factLines } from './facts.js';
import {
  categoryText,
  eventsText,
  type MigrationPage,
  sampleLines,
  stateLines,
  stepLines,
  unchangedText,
} from './migration-text.js';
import { plural } from './numbers.js';
import { paragraph } from './paragraph.js';
import { snapshotText } from './snapshot-text.js';

/** What a plan would do. */
export function* planText(view: PlanView, page: MigrationPage): Iterable<string> {
  const { width, style } = page;
  yield* migrationHead(view, page);
  if (view.states.length > 0) {
    yield '';
    yield* stateLines(view.states, page);
  }
  yield* sampleLines(view.states, page);
  if (view.against !== null) {
    yield '';
    yield style.heading('the result');
    yield* checkText(view.against, width, style);
  }
  yield '';
  yield* paragraph(conclusionOf(view), width, '', view.error === null ? style.heading : style.bad);
  if (view.saved !== null) yield* paragraph(escapeText(`saved as ${view.saved}`), width, '  ');
}

/** Snapshot, plan and steps: the head of what plan and apply tell. */
export function* migrationHead(
  { snapshot, plan, steps }: Pick<PlanView, 'snapshot' | 'plan' | 'steps'>,
  page: MigrationPage,
): Iterable<string> {
  const { width, style } = page;
  if (snapshot !== null) yield* snapshotText(snapshot, width, style);
  yield* paragraph(escapeText(plan.file), width, 'plan  ', style.heading);
  const flink = plan.flinkVersion === '' ? '' : `for Flink ${plan.flinkVersion}`;
  yield* factLines([plural(steps.length, 'step'), escapeText(flink)], width, 2);
  if (steps.length > 0) yield '';
  yield* stepLines(steps, page);
}

function conclusionOf(view: PlanView): string {
  const unchanged = unchangedText(view.unchangedStates);
  const failed = view.steps.flatMap(({ events }) => events.filter(({ what }) => what === 'failed'));
  if (view.error !== null) return 'the plan cannot be carried out';
  if (failed.length > 0) {
    const count = failed.reduce((sum, event) => sum + event.count, 0);
    return `${eventsText([{ what: 'failed', count }])}: apply would end with an error; ${unchanged}`;
  }
  if (view.category === 'nothing') return `nothing changes; ${unchanged}`;
  const lossy = view.category === 'lossy' ? ': apply needs --allow-lossy' : '';
  return `${categoryText(view.category)}${lossy}; ${plural(view.states.length, 'state')} changed, ${unchanged}`;
}
