import type { ViewDocument } from '@statewright/inspect';

/** The page that a renderer writes for. */
export interface Page {
  /** Columns; Infinity for a pipe. */
  readonly width: number;
  readonly colour: boolean;
  /** Text: more than the usual. */
  readonly detail?: boolean;
}

/** Turns view models into lines; prints nothing itself. */
export interface Renderer {
  /** As `--format` spells it. */
  readonly format: string;
  render(view: ViewDocument, page: Page): Iterable<string>;
}
