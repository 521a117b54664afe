import { LIST_START, type ListState } from '../../components/list/state.js';
import type { PlanPlace } from '../../plan/place.js';
import type { Ask, PlanVerb, StepOptions } from '../../plan/verb.js';

/** What the table of steps tells of one. */
export interface RowFacts {
  readonly purpose: string;
  readonly options: readonly OptionFacts[];
}

/** An option of a step. */
export interface OptionFacts {
  readonly name: string;
  readonly required: boolean;
  /** What it is, in full. */
  readonly meaning: string;
}

/** A step to be put together at a place, or a step of the draft, by its number from 0, to be changed. */
export type StepArgs = { readonly verb: PlanVerb; readonly place: PlanPlace } | { readonly edit: number };

/** A step that is being put together or changed. */
export interface StepState {
  readonly verb: string;
  /** What it is made at and asked by; undefined for a step that is changed. */
  readonly source: { readonly verb: PlanVerb; readonly place: PlanPlace } | undefined;
  /** Its number in the draft, from 0. */
  readonly index: number;
  readonly options: StepOptions;
  /** The option that is being asked for. */
  readonly asking: string | undefined;
  /** Options that have been asked for. */
  readonly asked: readonly string[];
  readonly row: RowFacts | undefined;
  readonly error: string | undefined;
  readonly list: ListState;
}

/** The step as it is when it is opened. */
export function openedStep(
  args: StepArgs,
  steps: readonly { verb: string; options: StepOptions }[],
): StepState {
  const rest = { asking: undefined, asked: [], row: undefined, error: undefined, list: LIST_START };
  if ('edit' in args) {
    const { verb, options } = steps[args.edit]!;
    return { ...rest, verb, source: undefined, index: args.edit, options };
  }
  const { verb, place } = args;
  return { ...rest, verb: verb.verb, source: args, index: steps.length, options: verb.given(place) };
}

/** The questions that a step still has, as far as its options lead to them. */
export function questionsLeft({ source, asked }: StepState, options: StepOptions): readonly Ask[] {
  if (source === undefined) return [];
  const { verb, place } = source;
  return verb.asks.filter(
    ({ option, when }) => !asked.includes(option) && (when === undefined || when(options, place)),
  );
}

/** The question about an option of a step that is put together. */
export function questionOf({ source }: StepState, option: string): Ask | undefined {
  return source?.verb.asks.find((ask) => ask.option === option);
}

/** The options that are listed, and the text of each: those that are set, and all of a step that is changed. */
export function listedOptions({ options, row, source, asking }: StepState): readonly string[] {
  const set = Object.keys(options);
  const all = source === undefined ? (row?.options ?? []).map(({ name }) => name) : [];
  const names = [...set, ...all, ...(asking === undefined ? [] : [asking])];
  return [...new Set(names)];
}
