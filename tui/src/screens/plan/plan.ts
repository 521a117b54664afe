import { resolve } from 'node:path';
import { plan, writePlan } from '@statewright/migrate';
import { escapeText, plural, RENDERERS } from '@statewright/report';
import { LIST_START, type ListState, moveList, scrollTo } from '../../components/list/state.js';
import { writeNew } from '../../data/export.js';
import type { Session } from '../../data/session.js';
import { BLANK, type Line, line } from '../../line/line.js';
import type { Effect, Screen, ScreenContext, Step } from '../../screen.js';

/** The cursor, and the text of the last preview. */
export interface PlanState {
  readonly list: ListState;
  readonly preview: readonly string[] | undefined;
  readonly top: number;
}

type Data = { readonly preview: readonly string[] };

const EMPTY = 'no steps yet: r renames, D drops, P sets max parallelism, on operators and states';

function previewEffect(session: Session, width: number): Effect<Data> {
  const text = { file: 'the draft', text: writePlan(session.draft.steps), directory: resolve('.') };
  return {
    label: 'trying the plan, nothing is written',
    slot: 'preview',
    async run(signal) {
      const view = await plan(session.path, text, { signal, clock: () => session.now() });
      const renderer = RENDERERS.find(({ format }) => format === 'text')!;
      const lines = [...renderer.render(view, { width, colour: false })].flatMap((each) => each.split('\n'));
      const error = view.error === null ? [] : ['', escapeText(view.error.message)];
      return { preview: [...lines, ...error] };
    },
  };
}

function saveEffect({ fs, draft }: Session, file: string): Effect {
  return {
    label: `writing ${escapeText(file)}`,
    run: () => writeNew(fs, file, [new TextEncoder().encode(writePlan(draft.steps))]).then(() => undefined),
  };
}

function pressed(state: PlanState, key: string, { session, size }: ScreenContext): Step<PlanState> {
  const { draft } = session;
  if (state.preview !== undefined) return inPreview(state, state.preview, key, size.height);
  if (draft.steps.length === 0) return { state };
  if (key === 'p') {
    if (!session.mask.off) return { state, wishes: { say: 'samples are not shown while --redact is on' } };
    return { state, wishes: { effects: [previewEffect(session, size.width)] } };
  }
  if (key === 'w') return { state, wishes: { ask: { prompt: 'save', label: 'save as', text: 'plan.yaml' } } };
  if (key === 'd') {
    draft.steps = draft.steps.filter((_, i) => i !== state.list.cursor);
    return {
      state: { ...state, list: scrollTo(state.list, state.list.cursor, draft.steps.length, size.height - 2) },
    };
  }
  const list = moveList(state.list, key, draft.steps.length, size.height - 2);
  return { state: list === undefined ? state : { ...state, list } };
}

function inPreview(
  state: PlanState,
  preview: readonly string[],
  key: string,
  height: number,
): Step<PlanState> {
  if (key === 'escape' || key === 'left' || key === 'q' || key === 'backspace')
    return { state: { ...state, preview: undefined, top: 0 } };
  const moved = moveList({ cursor: state.top, top: 0 }, key, preview.length, height);
  if (moved === undefined) return { state };
  return { state: { ...state, top: Math.max(0, Math.min(moved.cursor, preview.length - height)) } };
}

/** The steps of the plan that is being put together. */
export const planScreen: Screen<PlanState, undefined> = {
  id: 'plan',
  palette: 'steps of the plan: preview, save',
  keys: [
    { keys: 'p', does: 'preview' },
    { keys: 'w', does: 'save' },
    { keys: 'd', does: 'delete' },
  ],
  open: () => ({ state: { list: LIST_START, preview: undefined, top: 0 } }),
  update(state, event, context) {
    if (event.type === 'key') return pressed(state, event.key, context);
    if (event.type === 'data') return { state: { ...state, preview: (event.data as Data).preview, top: 0 } };
    if (event.text === '') return { state };
    return { state, wishes: { effects: [saveEffect(context.session, event.text)] } };
  },
  view({ list, preview, top }, { session, size }) {
    if (preview !== undefined) return preview.slice(top, top + size.height).map((each) => line(each));
    const { steps } = session.draft;
    if (steps.length === 0) return [line(EMPTY, 'dim')];
    const rows = writePlan(steps).trimEnd().split('\n').slice(2);
    const shown = rows.slice(list.top, list.top + size.height - 2);
    const lines = shown.map(
      (each, i): Line => ({ ...line(escapeText(each.slice(4))), selected: list.top + i === list.cursor }),
    );
    return [line(plural(steps.length, 'step'), 'strong'), BLANK, ...lines];
  },
  title: () => 'plan',
};
