import type { Span } from '@statewright/bytes';
import type { NoteCode } from './resolve/note-codes.js';

/**
 * What `TypeSerializerSnapshot#resolveSchemaCompatibility` answers; UNKNOWN where no bytes tell (a snapshot class that
 * nobody knows).
 */
export type Verdict =
  | 'AS_IS'
  | 'AFTER_MIGRATION'
  | 'WITH_RECONFIGURED_SERIALIZER'
  | 'INCOMPATIBLE'
  | 'UNKNOWN';

/** `unknown` where the bytes do not tell, for example behind Kryo. */
export type Answer = 'yes' | 'no' | 'unknown';

/** A state backend, by the name that `state.backend.type` has for it. */
export type BackendName = 'hashmap' | 'rocksdb';

/** A release line of Flink. */
export interface FlinkVersion {
  readonly major: number;
  readonly minor: number;
}

/** Where a snapshot is to be restored. */
export interface Target {
  /** The release that restores; its rules count. */
  readonly version: FlinkVersion;
  /** The release that wrote the old snapshot, where it is known: Kryo 2 bytes under Kryo 5. */
  readonly sourceVersion: FlinkVersion | undefined;
  readonly backend: BackendName;
}

/** Where a serializer stands in a state: backends accept different verdicts in different places. */
export type Place =
  | 'key'
  | 'namespace'
  | 'value'
  /** Key of a MapState. */
  | 'user-key'
  /** Element of operator list state; value of broadcast state. */
  | 'operator-element'
  /** Key of broadcast state. */
  | 'broadcast-key'
  /** Element of a timer queue. */
  | 'timer';

/** Something that the comparison met at one path of the type. */
export interface PathNote {
  /** From the state's serializer inward, for example `['field tags', 'element']`; empty for the serializer itself. */
  readonly path: readonly string[];
  readonly code: NoteCode;
  /** What this alone makes of the verdict. */
  readonly verdict: Verdict;
  /** Whether what is here comes back right if Flink goes on. */
  readonly readable: Answer;
  /** One sentence without a full stop, with both sides. */
  readonly reason: string;
  /** Where the two snapshots lie in their files. */
  readonly old: Span | undefined;
  readonly now: Span | undefined;
}

/** What comparing two serializer snapshots gives. */
export interface Resolution {
  readonly verdict: Verdict;
  /**
   * Why the restore dies although `verdict` does not say so, or before a verdict is reached: Flink throws. Undefined where
   * it does not.
   */
  readonly throws: string | undefined;
  /** Whether all values come back right where Flink accepts the verdict. */
  readonly readable: Answer;
  /** Outermost first; empty when the two are the same. */
  readonly notes: readonly PathNote[];
}
