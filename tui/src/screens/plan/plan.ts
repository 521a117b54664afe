import { plural } from '@statewright/report';
import { LIST_START, scrollTo, withListMoved } from '../../components/list/state.js';
import { changeDraft, undoDraft } from '../../plan/draft.js';
import type { Screen, ScreenContext, Step } from '../../screen.js';
import { openDraft, readDraft, saveDraft } from './files.js';
import type { PlanData, PlanState } from './state.js';
import { listRows, planLines } from './view.js';

type Action = (state: PlanState, context: ScreenContext) => Step<PlanState>;

/** The draft with other steps, and the cursor at one of them. */
function changed(
  state: PlanState,
  steps: readonly { verb: string; options: object }[],
  at: number,
  context: ScreenContext,
): Step<PlanState> {
  const { session, size } = context;
  changeDraft(session.draft, steps as typeof session.draft.steps);
  const list = scrollTo(state.list, at, steps.length, listRows(size));
  return { state: { ...state, list }, wishes: { effects: [readDraft(session)] } };
}

function deleted(state: PlanState, context: ScreenContext): Step<PlanState> {
  const { cursor } = state.list;
  const steps = context.session.draft.steps.filter((_, i) => i !== cursor);
  const step = changed(state, steps, cursor, context);
  return { ...step, wishes: { ...step.wishes, say: `step ${cursor + 1} is taken out: u brings it back` } };
}

function movedBy(by: 1 | -1): Action {
  return (state, context) => {
    const { steps } = context.session.draft;
    const { cursor } = state.list;
    const [one, other] = [steps[cursor], steps[cursor + by]];
    if (one === undefined || other === undefined) return { state };
    return changed(state, steps.with(cursor, other).with(cursor + by, one), cursor + by, context);
  };
}

function undone(state: PlanState, context: ScreenContext): Step<PlanState> {
  const { session } = context;
  if (!undoDraft(session.draft)) return { state, wishes: { say: 'there is nothing to undo' } };
  const say = `undone: ${plural(session.draft.steps.length, 'step')}`;
  return { state, wishes: { say, effects: [readDraft(session)] } };
}

function asked(prompt: string, label: string, text: string): Action {
  return (state) => ({ state, wishes: { ask: { prompt, label, text } } });
}

function previewed(state: PlanState): Step<PlanState> {
  return { state, wishes: { go: { to: 'preview', args: undefined } } };
}

/** Asks where to; what does not fit the snapshot is not even begun. */
function applied(state: PlanState, { session }: ScreenContext): Step<PlanState> {
  const { tried } = session.draft;
  if (tried === undefined) return { state, wishes: { say: 'the steps are still being tried' } };
  if (tried.error !== undefined) return { state, wishes: { say: 'the plan does not fit the snapshot' } };
  const text = `${session.path.replace(/\/+$/, '').split('/').at(-1)}-migrated`;
  return {
    state,
    wishes: { ask: { prompt: 'output', label: 'write the new snapshot to the new directory:', text } },
  };
}

/** Goes on with the output directory; a plan that loses values is applied only when that is said to be meant. */
function outputGiven(state: PlanState, output: string, { session }: ScreenContext): Step<PlanState> {
  if (session.draft.tried?.category !== 'lossy') return begun(state, output, false);
  const ask = { prompt: 'lossy', label: 'this plan loses values; type yes to allow it:' };
  return { state: { ...state, output }, wishes: { ask } };
}

function begun(state: PlanState, output: string, allowLossy: boolean): Step<PlanState> {
  return { state, wishes: { go: { to: 'run', args: { kind: 'apply', output, allowLossy } } } };
}

function edited(state: PlanState): Step<PlanState> {
  return { state, wishes: { go: { to: 'step', args: { edit: state.list.cursor } } } };
}

/** What keys do to a draft that has steps. */
const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['e', edited],
  ['enter', edited],
  ['right', edited],
  ['d', deleted],
  ['K', movedBy(-1)],
  ['J', movedBy(1)],
  ['p', previewed],
  ['a', applied],
  ['w', asked('save', 'save as the new file:', 'plan.yaml')],
]);

/** What keys do in any case. */
const ALWAYS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['u', undone],
  ['o', asked('open', 'open the plan:', 'plan.yaml')],
]);

function pressed(state: PlanState, key: string, context: ScreenContext): Step<PlanState> {
  const { steps } = context.session.draft;
  const action = ALWAYS.get(key) ?? (steps.length === 0 ? undefined : ACTIONS.get(key));
  if (action !== undefined) return action(state, context);
  return { state: withListMoved(state, key, steps.length, listRows(context.size)) };
}

function answered(state: PlanState, prompt: string, text: string, context: ScreenContext): Step<PlanState> {
  const { session } = context;
  if (prompt === 'lossy') {
    if (text.toLowerCase() === 'yes') return begun(state, state.output, true);
    return { state, wishes: { say: 'nothing was written' } };
  }
  if (text === '') return { state };
  if (prompt === 'output') return outputGiven(state, text, context);
  const effect = prompt === 'open' ? openDraft(session, text) : saveDraft(session, text);
  return { state, wishes: { effects: [effect] } };
}

function arrived(state: PlanState, data: PlanData, { session }: ScreenContext): Step<PlanState> {
  if (data.type === 'yaml') return { state: { ...state, yaml: data.yaml } };
  return { state, wishes: { say: data.say, effects: [readDraft(session)] } };
}

/** The steps of the plan that is being put together. */
export const planScreen: Screen<PlanState, undefined> = {
  id: 'plan',
  palette: 'steps of the plan: preview, save, apply',
  keys: [
    { keys: 'p', does: 'preview' },
    { keys: 'a', does: 'apply' },
    { keys: 'e', does: 'edit' },
    { keys: 'd', does: 'delete' },
    { keys: 'u', does: 'undo' },
    { keys: 'w', does: 'save' },
    { keys: 'o', does: 'open' },
    { keys: 'K J', does: 'move up, down' },
  ],
  open: (_, { session }) => ({
    state: { list: LIST_START, yaml: [], output: '' },
    wishes: { effects: [readDraft(session)] },
  }),
  update(state, event, context) {
    if (event.type === 'key') return pressed(state, event.key, context);
    if (event.type === 'data') return arrived(state, event.data as PlanData, context);
    return answered(state, event.prompt, event.text.trim(), context);
  },
  view: planLines,
  title: () => 'plan',
};
