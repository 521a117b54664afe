import type { FileSystem } from '@statewright/bytes';
import { type Describe, describer, type InspectView, inspectView, type Scratch } from '@statewright/inspect';
import type { ApplyOptions } from '@statewright/migrate';
import type { Savepoint } from '@statewright/savepoint';
import { newDraft, type PlanDraft } from '../plan/draft.js';
import { type Mask, maskOf } from './mask.js';

/** What a session may be told beside the snapshot. */
export interface SessionOptions {
  /** Paths whose values are masked: `key`, `value.email`. */
  readonly redact?: readonly string[] | undefined;
  /** The time to live of states that have one, in milliseconds; without it the remaining life of entries is not known. */
  readonly ttlMillis?: number | undefined;
  /** Room for what an export sorts; without it a state cannot be exported. */
  readonly scratch?: Scratch | undefined;
  /** What plans are tried and applied with. */
  readonly migrate?: ApplyOptions | undefined;
}

/** What is browsed, for as long as the browser is open. */
export interface Session {
  readonly savepoint: Savepoint;
  /** As it is called on the command line. */
  readonly path: string;
  readonly fs: FileSystem;
  readonly describe: Describe;
  readonly overview: InspectView;
  /** The time to live of states that have one, in milliseconds; undefined until somebody tells it. */
  ttlMillis: number | undefined;
  readonly scratch: Scratch | undefined;
  /** What `--redact` names. */
  readonly redact: readonly string[];
  /** Masks what `--redact` names: every value of data goes through it before it is shown or copied. */
  readonly mask: Mask;
  /** What plans are tried and applied with, as on the command line. */
  readonly migrate: ApplyOptions;
  /** The plan that is being put together. */
  readonly draft: PlanDraft;
  /** The caller's clock, milliseconds since the epoch. */
  now(): number;
}

/** A session on an open snapshot. */
export function sessionOf(
  savepoint: Savepoint,
  path: string,
  now: () => number,
  { redact, ttlMillis, scratch, migrate }: SessionOptions = {},
): Session {
  const describe = describer(savepoint.formats);
  return {
    savepoint,
    path,
    fs: savepoint.fs,
    describe,
    overview: inspectView(savepoint, path, describe),
    ttlMillis,
    scratch,
    redact: redact ?? [],
    mask: maskOf(redact ?? []),
    draft: newDraft(),
    migrate: migrate ?? {},
    now,
  };
}
