import type { ApplyView, PlanText, PlanView, VerifyView } from '@statewright/migrate';

/** What is to be run: a dry run of the draft, the draft into a new directory, or a look at what that has written. */
export type RunArgs =
  | { readonly kind: 'preview' }
  | { readonly kind: 'apply'; readonly output: string; readonly allowLossy: boolean }
  | { readonly kind: 'verify'; readonly output: string; readonly made: Made };

/** What an output was made by. */
export interface Made {
  readonly plan: PlanText;
  /** What steps took for now, milliseconds since the epoch. */
  readonly nowMillis: bigint;
}

/** How far a run is. */
export interface Watched {
  readonly what: string;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Milliseconds since this part of the run, and since the run, began. */
  readonly partMillis: number;
  readonly runMillis: number;
}

/** What a run tells at its end. */
export type RunView = PlanView | ApplyView | VerifyView;

/** A run and what is seen of it. */
export interface RunState {
  readonly args: RunArgs;
  /** Aborting it ends the run, which then tells how it has ended. */
  readonly stop: AbortController;
  readonly watched: Watched | undefined;
  /** Whether it was asked if the run is really meant to end. */
  readonly asked: boolean;
  /** Undefined while it runs. */
  readonly view: RunView | undefined;
  readonly made: Made | undefined;
  /** The first row of the result on the screen. */
  readonly top: number;
}
