import type { FileSystem } from '@statewright/bytes';
import type { SnapshotFormat } from '@statewright/serializers';
import type { RunProgress } from './progress.js';

/** What plan, apply and verify are told beside the snapshot and the plan. */
export interface MigrateOptions {
  /** Where the snapshot lies, and where the output goes; by default the machine's own files. Own ones make it a run on one thread. */
  readonly fs?: FileSystem | undefined;
  /** Serializer formats beside the built-in ones. They make it a run on one thread. */
  readonly snapshots?: readonly SnapshotFormat[] | undefined;
  readonly uidCandidates?: readonly string[] | undefined;
  /** Follow handles that lead out of the snapshot's directory. */
  readonly allowOutside?: boolean | undefined;
  /** The Flink release that the result is for; by default the newest that may have written the snapshot. */
  readonly flinkVersion?: string | undefined;
  /** Leave in-flight records of an unaligned checkpoint out. */
  readonly dropInFlight?: boolean | undefined;
  /** Threads that rewrite entries; 2 by default. The result does not hang on it. */
  readonly workers?: number | undefined;
  /** Entries that are shown before and after, of each state; 2 by default. */
  readonly samples?: number | undefined;
  /** Bytes that sorting may take in each thread; 64 MB by default. */
  readonly sortBytes?: number | undefined;
  /** A directory for scratch files; by default one in the system's temporary directory, which is removed afterwards. */
  readonly scratch?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Is kept up to date. */
  readonly progress?: RunProgress | undefined;
  /** The clock, milliseconds since the epoch: for steps that ask for now, and for the report. Without it now is 1970. */
  readonly clock?: (() => number) | undefined;
}

/** What `apply` is told beside. */
export interface ApplyOptions extends MigrateOptions {
  /** Allow steps that lose values. */
  readonly allowLossy?: boolean | undefined;
  /** Whether the output is read again before it can be loaded; true by default. */
  readonly verify?: boolean | undefined;
  /** Where the report goes; by default beside the output, `DIR.report.json`; null: nowhere. */
  readonly reportFile?: string | null | undefined;
  /** For the report: who does it, and the release of the tool. */
  readonly user?: string | undefined;
  readonly tool?: string | undefined;
}
