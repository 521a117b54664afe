import { escapeText, plural } from '@statewright/report';
import { withListMoved } from '../../components/list/state.js';
import { changeDraft } from '../../plan/draft.js';
import { optionText } from '../../plan/option-text.js';
import { placeName } from '../../plan/place.js';
import type { Screen, ScreenContext, Step, Wishes } from '../../screen.js';
import {
  listedOptions,
  openedStep,
  questionOf,
  questionsLeft,
  type StepArgs,
  type StepState,
} from './state.js';
import { readRow, type StepData, takeAnswer } from './take.js';
import { stepLines } from './view.js';

/** Asks for an option: with what was typed before, else with what its question begins with. */
function asking(state: StepState, option: string, typed?: string): Step<StepState> {
  const { source, options } = state;
  const question = questionOf(state, option);
  const text =
    typed ?? (question === undefined ? valueText(options[option]) : question.text(source!.place, options));
  const label = question?.label ?? `${option}:`;
  const ask = { prompt: option, label, text };
  return { state: { ...state, asking: option }, wishes: { ask } };
}

function valueText(value: unknown): string {
  return value === undefined ? '' : optionText(value);
}

function open(args: StepArgs, { session }: ScreenContext): Step<StepState> {
  const state = openedStep(args, session.draft.steps);
  const row = readRow(state.verb);
  if (state.source === undefined) return { state, wishes: { effects: [row] } };
  const [first] = questionsLeft(state, state.options);
  if (first === undefined)
    return { state, wishes: { effects: [row, takeAnswer(state, undefined, session)] } };
  const step = asking(state, first.option);
  return { ...step, wishes: { ...step.wishes, effects: [row] } };
}

/** What an answer has led to: the next question, or a step more in the plan. */
function taken(
  state: StepState,
  { answer, options, steps, tried }: StepData & { readonly type: 'taken' },
  { session }: ScreenContext,
): Step<StepState> {
  const asked = answer === undefined ? state.asked : [...state.asked, answer.option];
  const next = { ...state, options, asked, asking: undefined, error: undefined };
  const [question] = questionsLeft(next, options);
  if (question !== undefined) return asking(next, question.option);
  if (tried === undefined) return { state: next };
  const changes = tried.steps[state.index]?.changes ?? [];
  if (changes.length === 0 && state.source !== undefined) {
    return refused(state, { type: 'refused', answer, option: asked[0], why: 'this would change nothing' });
  }
  changeDraft(session.draft, steps, tried);
  const states = new Set(changes.map(({ address }) => address)).size;
  const what = states > 1 ? `, at ${plural(states, 'place')}` : '';
  if (state.source === undefined)
    return { state: next, wishes: { say: `step ${state.index + 1} is changed${what}` } };
  const say = `step ${state.index + 1} of the plan: ${state.verb}${what} (:plan shows it)`;
  return { state: next, wishes: { say, go: { to: 'back' } } };
}

/** Nothing was added: says why, and asks again. */
function refused(
  state: StepState,
  { option, answer, why }: StepData & { readonly type: 'refused' },
): Step<StepState> {
  const next = { ...state, error: why, asked: state.asked.filter((each) => each !== option) };
  const say = escapeText(why);
  if (option === undefined) {
    const go = state.source === undefined ? {} : { go: { to: 'back' } as const };
    return { state: { ...next, asking: undefined }, wishes: { say, ...go } };
  }
  const typed = answer?.option === option ? answer.text : valueText(state.options[option]);
  return asking(next, option, typed);
}

function pressed(state: StepState, key: string, { session, size }: ScreenContext): Step<StepState> {
  if (state.source !== undefined) return { state };
  const names = listedOptions(state);
  const name = names[state.list.cursor];
  if ((key === 'enter' || key === 'right' || key === 'e') && name !== undefined) return asking(state, name);
  if (key === 'd' && name !== undefined) {
    return { state, wishes: { effects: [takeAnswer(state, { option: name, text: '' }, session)] } };
  }
  return { state: withListMoved(state, key, names.length, size.height) };
}

function left(state: StepState): Step<StepState> {
  const wishes: Wishes = state.source === undefined ? {} : { go: { to: 'back' }, say: 'nothing was added' };
  return { state: { ...state, asking: undefined, error: undefined }, wishes };
}

/** One step of the plan: its options are asked for one after the other, or changed one by one. */
export const stepScreen: Screen<StepState, StepArgs> = {
  id: 'step',
  keys: [
    { keys: 'enter', does: 'change the option' },
    { keys: 'd', does: 'leave the option out' },
  ],
  open,
  update(state, event, context) {
    if (event.type === 'key') return pressed(state, event.key, context);
    if (event.type === 'answer') {
      const answer = { option: event.prompt, text: event.text.trim() };
      return { state, wishes: { effects: [takeAnswer(state, answer, context.session)] } };
    }
    const data = event.data as StepData;
    if (data.type === 'row') return { state: { ...state, row: data.row } };
    return data.type === 'taken' ? taken(state, data, context) : refused(state, data);
  },
  left,
  view: stepLines,
  title: ({ source, index, verb }) =>
    source === undefined ? `step ${index + 1}` : escapeText(`${verb} ${placeName(source.place)}`),
};
