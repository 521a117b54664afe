import type { FileCopy, OperatorSubtaskState, StateStream, StreamEdit } from '@statewright/savepoint';
import type { LoadFeed } from '../../job/load-feed.js';
import type { PlannedOperator, PlannedState } from '../../job/planned-job.js';

/** What becomes of one handle of a subtask. */
export type Fate =
  | { readonly type: 'copied'; readonly stream: StateStream; readonly edit: StreamEdit | undefined }
  | { readonly type: 'written'; readonly work: StreamWork }
  /** Nothing of it is left: it is read only to be counted. */
  | { readonly type: 'dropped'; readonly work: StreamWork };

/** A stream that is written anew. */
export interface StreamWork {
  readonly kind: 'keyed' | 'operator';
  readonly operator: PlannedOperator;
  /** Position of the operator in the planned job. */
  readonly operatorIndex: number;
  readonly subtask: number;
  /** Name of its file. */
  readonly name: string;
  /**
   * `in-place`: from the stream of its subtask, whose header and handle it gets; `moved`: from key groups of several streams;
   * `sorted`: from entries that were sorted before; `shared`: operator state of all feeds, of which each subtask gets a part.
   */
  readonly mode: 'in-place' | 'moved' | 'sorted' | 'shared';
  /** Whose format and handle it gets; undefined where the operator had none of its sort. */
  readonly template: StateStream | undefined;
  readonly sources: readonly StateStream[];
}

/** Keyed entries of one source that are sorted for an operator. */
export interface SpillWork {
  readonly kind: 'spill';
  readonly operator: PlannedOperator;
  readonly operatorIndex: number;
  /** Position among the spills of the operator. */
  readonly index: number;
  /** A stream with all states that are read from it, or a feed of one state. */
  readonly source:
    | { readonly type: 'stream'; readonly stream: StateStream }
    | { readonly type: 'load'; readonly state: PlannedState; readonly feed: LoadFeed };
}

/** The four handles of a subtask. */
export const SLOTS = [
  'managedOperatorState',
  'rawOperatorState',
  'managedKeyedState',
  'rawKeyedState',
] as const;

/** One of `SLOTS`. */
export type Slot = (typeof SLOTS)[number];

/** What becomes of the handles of a subtask. */
export type Fates = { readonly [slot in Slot]?: Fate | undefined };

/** A subtask of the result. */
export interface SubtaskLayout {
  readonly subtask: number;
  /** The subtask of the snapshot that it continues; undefined for a new one. */
  readonly old: OperatorSubtaskState | undefined;
  readonly fates: Fates;
}

/** An operator of the result. */
export interface OperatorLayout {
  readonly planned: PlannedOperator;
  readonly subtasks: readonly SubtaskLayout[];
}

/** What is to be done for a task. */
export type TaskWork =
  | { readonly type: 'copy'; readonly copy: FileCopy }
  | { readonly type: 'stream'; readonly work: StreamWork; readonly counted: boolean }
  | { readonly type: 'spill'; readonly work: SpillWork };
