import type { KeyName } from '../keys/key.js';
import type { PlanPlace } from './place.js';

/** Options of a step by name, as far as they are known. */
export type StepOptions = { readonly [name: string]: unknown };

/** An option that is asked for on the prompt. What it means is told by the step's row. */
export interface Ask {
  readonly option: string;
  /** Before what is typed: a few words. */
  readonly label: string;
  /** The answer that says nothing: the option is left out then. */
  readonly usual?: string;
  /** What stands there to be changed. */
  text(place: PlanPlace, options: StepOptions): string;
  /** Whether it is asked at all. */
  readonly when?: (options: StepOptions, place: PlanPlace) => boolean;
}

/** A step of plans as the screens offer it: where it fits, what the place tells of it, and what is asked for. */
export interface PlanVerb {
  /** A verb of `STEPS`. */
  readonly verb: string;
  readonly key?: KeyName;
  /** What it does, in a few words. */
  readonly does: string;
  fits(place: PlanPlace): boolean;
  given(place: PlanPlace): StepOptions;
  readonly asks: readonly Ask[];
}

/** Asks for one option; `text` is what stands there to be changed. */
export function ask(
  option: string,
  label: string,
  text: Ask['text'] | string = '',
  more: Pick<Ask, 'when' | 'usual'> = {},
): Ask {
  return { option, label, text: typeof text === 'string' ? () => text : text, ...more };
}
