import type { CompatView } from '@statewright/compat';
import type { ViewDocument } from '@statewright/inspect';
import type { ApplyView, PlanView, VerifyView } from '@statewright/migrate';

/** The page that a renderer writes for. */
export interface Page {
  /** Columns; Infinity for a pipe. */
  readonly width: number;
  readonly colour: boolean;
  /** Text on a terminal that takes links: the address of a rule's page, undefined for a rule that has none. */
  readonly ruleUrl?: ((id: string) => string | undefined) | undefined;
  /** Text: more than the usual. */
  readonly detail?: boolean;
}

/** Every view that can be shown, told apart by `view`. */
export type AnyView = ViewDocument | CompatView | PlanView | ApplyView | VerifyView;

/** Turns view models into lines; prints nothing itself. */
export interface Renderer {
  /** As `--format` spells it. */
  readonly format: string;
  render(view: AnyView, page: Page): Iterable<string>;
}
