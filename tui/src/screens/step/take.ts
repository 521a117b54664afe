import type { TriedPlan } from '@statewright/migrate';
import type { Session } from '../../data/session.js';
import type { DraftStep } from '../../plan/draft.js';
import { optionValue } from '../../plan/option-text.js';
import { loadMigrate, stepOfError, trySteps } from '../../plan/try-draft.js';
import type { StepOptions } from '../../plan/verb.js';
import type { Effect } from '../../screen.js';
import { questionOf, questionsLeft, type RowFacts, type StepState } from './state.js';

/** An answer to a question, as it was typed. */
export interface Answer {
  readonly option: string;
  readonly text: string;
}

/** What an effect of the step brings. */
export type StepData =
  | { readonly type: 'row'; readonly row: RowFacts }
  /** The step with the answer; `steps` are those of the draft with it, and fit the snapshot, where they have been tried. */
  | {
      readonly type: 'taken';
      readonly answer: Answer | undefined;
      readonly options: StepOptions;
      readonly steps: readonly DraftStep[];
      readonly tried: TriedPlan | undefined;
    }
  /** It does not fit; `option` is to be asked for again. */
  | {
      readonly type: 'refused';
      readonly answer: Answer | undefined;
      readonly option: string | undefined;
      readonly why: string;
    };

type Properties = { readonly [name: string]: { readonly description?: string } };

async function schemaOf(
  verb: string,
): Promise<{ properties: Properties; required: readonly string[]; purpose: string }> {
  const { STEPS } = await loadMigrate();
  const { options, purpose } = STEPS.find((row) => row.verb === verb)!;
  const { properties, required } = options as { properties: Properties; required?: readonly string[] };
  return { properties, required: required ?? [], purpose };
}

/** Reads what the table of steps tells of one. */
export function readRow(verb: string): Effect<StepData> {
  return {
    label: 'reading what the step takes',
    async run() {
      const { properties, required, purpose } = await schemaOf(verb);
      const options = Object.entries(properties).map(([name, { description = '' }]) => {
        return { name, required: required.includes(name), meaning: description };
      });
      return { type: 'row', row: { purpose, options } };
    },
  };
}

/** Puts an answer into the step, and the step, as soon as it has all it needs, on the snapshot behind the others. */
export function takeAnswer(state: StepState, answer: Answer | undefined, session: Session): Effect<StepData> {
  return {
    label: 'trying the step',
    slot: 'take',
    async run() {
      const { properties, required } = await schemaOf(state.verb);
      if (answer !== undefined && answer.text === '' && required.includes(answer.option)) {
        return { type: 'refused', answer, option: answer.option, why: `${answer.option} is needed` };
      }
      const options = withAnswer(state, answer, properties);
      const step = { verb: state.verb, options };
      const { draft } = session;
      const steps = [...draft.steps.slice(0, state.index), step, ...draft.steps.slice(state.index + 1)];
      const taken: StepData = { type: 'taken', answer, options, steps, tried: undefined };
      if (isHalf(state, answer, options, required)) return taken;
      const tried = await trySteps(session, steps);
      return tried.error === undefined
        ? { ...taken, tried }
        : (refusal(state, answer, options, tried) ?? taken);
    },
  };
}

function withAnswer(state: StepState, answer: Answer | undefined, properties: Properties): StepOptions {
  if (answer === undefined) return state.options;
  const { [answer.option]: _, ...rest } = state.options;
  const { option, text } = answer;
  if (text === '' || text === questionOf(state, option)?.usual) return rest;
  return { ...rest, [option]: optionValue(properties[option] ?? {}, text) };
}

/** Whether an answer can only be judged with later ones: something needed is still to be asked, or it has led to a question. */
function isHalf(
  state: StepState,
  answer: Answer | undefined,
  options: StepOptions,
  required: readonly string[],
): boolean {
  const asked = answer === undefined ? state.asked : [...state.asked, answer.option];
  const before = questionsLeft({ ...state, asked }, state.options);
  const left = questionsLeft({ ...state, asked }, options);
  if (left.some((ask) => !before.includes(ask))) return true;
  return left.length > 0 && required.some((name) => !(name in options));
}

/** What is said of a step that does not fit; undefined where a later answer may mend it. */
function refusal(
  state: StepState,
  answer: Answer | undefined,
  options: StepOptions,
  tried: TriedPlan,
): StepData | undefined {
  const { reason, next } = tried.error!;
  const index = stepOfError(tried);
  const why = next === undefined ? reason : `${reason}; ${next}`;
  if (index !== undefined && index !== state.index) {
    return {
      type: 'refused',
      answer,
      option: undefined,
      why: `step ${index + 1} of the plan does not fit: ${why}`,
    };
  }
  const asked = answer === undefined ? state.asked : [...state.asked, answer.option];
  // What is no plan at all is so by the last answer: those before it were looked at.
  const about = tried.plan === undefined ? answer?.option : tried.option;
  if (about !== undefined && asked.includes(about)) return { type: 'refused', answer, option: about, why };
  if (questionsLeft({ ...state, asked }, options).length > 0) return undefined;
  return { type: 'refused', answer, option: answer?.option, why };
}
