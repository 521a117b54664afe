import type { FileSystem, FileWriter } from '@statewright/bytes';
import type { ChangeEvent } from '../job/entry-change.js';

/*
 * A migration is written task by task. The list of tasks follows from the resolved plan alone and is the same in every
 * thread and in every run, so that a task can be named by its number; what a task gives is plain JSON, so that it can be
 * sent between threads, and kept in a journal from which a killed run goes on.
 */

/** One piece of work: usually one file of the output. */
export interface WriteTask {
  /** Position in the list of tasks. */
  readonly id: number;
  /**
   * `copy`: a file or stream as bytes, its header edited at most; `keyed`, `operator`: a stream of one subtask is written
   * anew; `spill`: entries of one source stream are sorted into scratch files by their new key groups.
   */
  readonly kind: 'copy' | 'keyed' | 'operator' | 'spill';
  /** Tasks whose results it needs. */
  readonly after: readonly number[];
  /** Bytes it reads, as far as known: for progress and for which to begin with. */
  readonly bytes: number;
  /** For progress and errors: operator and subtask. */
  readonly label: string;
}

/** What a task has done; plain JSON. */
export interface TaskResult {
  readonly id: number;
  /** The files it wrote, relative to the output or (spill) to the scratch directory. */
  readonly files: readonly WrittenFile[];
  /** A stream so small that it goes into the metadata, in base64, in place of a file. */
  readonly inline?: string;
  /** Where each key group (in the order of the range), or each element by state, begins in the stream. */
  readonly offsets?: readonly number[];
  readonly elementOffsets?: { readonly [state: string]: readonly number[] };
  /** What happened to entries, by state. */
  readonly tallies: readonly StateTally[];
  /** Sums of pieces of the input that were read to their end meanwhile; whoever runs the task adds them. */
  readonly sources?: readonly SourceSum[];
}

/** The checksum of a piece of the input. */
export interface SourceSum {
  /** Its path, first byte and size, as `pieceKey` writes them. */
  readonly piece: string;
  readonly crc32c: number;
}

/** A file of the output. */
export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  /** CRC32C of all its bytes. */
  readonly crc32c: number;
}

/** Counts of one state in one task; they add up over tasks. */
export interface StateTally {
  /** Positions of the operator and of the state in the planned job; a dropped state has none: then `from` tells it. */
  readonly operator: number;
  readonly state: number;
  /** Of a dropped state, which has -1 for `state` (and for `operator` where that is gone, too): what it was. */
  readonly from?: { readonly operatorId: string; readonly name: string; readonly kind: string } | undefined;
  readonly entriesIn: number;
  readonly entriesOut: number;
  /** Bytes of keys and values, framing left out. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Entries whose bytes were copied: they are in the counts above, without having been decoded. */
  readonly copied: number;
  /** How often what happened, by step. */
  readonly events: readonly { readonly step: number; readonly what: ChangeEvent; readonly count: number }[];
  /**
   * The first few entries that failed: their key as JSON, and why. They are left out and counted as `failed`; a result that
   * lacks them must not become a snapshot.
   */
  readonly failures: readonly { readonly step: number; readonly key: unknown; readonly reason: string }[];
  /** The first few entries before and after, as JSON in the mapping of `export`. */
  readonly samples: readonly { readonly before: unknown; readonly after: readonly unknown[] }[];
}

/** Where a task writes. */
export interface TaskOutput {
  /** A new file of the output; its name is relative to the output's directory. */
  create(name: string): Promise<FileWriter>;
  /** A file of the scratch directory, for spills. */
  createScratch(name: string): Promise<FileWriter>;
  /** Where scratch files are read again: the file system and the directory. */
  readonly scratch: { readonly fs: FileSystem; readonly directory: string };
  /** Is told how many bytes were read since the last time. */
  progress(bytes: number): void;
  /** How many samples of changed entries are kept for each state; 0 for none. */
  readonly samples: number;
  /** Memory that sorting may take, in bytes. */
  readonly sortBytes: number;
}
