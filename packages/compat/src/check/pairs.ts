import type { SerializerSnapshot } from '@statewright/serializers';
import type { PlacedResolution } from '../resolve/resolve.js';
import type { JobSchema, OperatorSchema, StateDeclaration } from '../schema/job-schema.js';
import type { BackendName, Place, Target } from '../verdict.js';

/*
 * What the walker hands to rules: the old and the new side of a job, an operator, a state and a place side by side, with
 * what Flink makes of the place's two serializers.
 */

/** What a check compares, and how. */
export interface CheckInput {
  readonly old: JobSchema;
  /** Undefined: the same job, started on the target release. */
  readonly now: JobSchema | undefined;
  readonly target: Target;
  /** Flink is told to skip operators that the new job does not have. */
  readonly allowNonRestored: boolean;
  /** Backends whose own formats the old snapshot holds; empty for a canonical savepoint. */
  readonly writtenBy: readonly BackendName[];
}

/** Both sides of a job. */
export interface JobPair extends CheckInput {
  readonly now: JobSchema;
  /** The job is unchanged: `now` is what it would write on the target release. */
  readonly predicted: boolean;
  /** In the order of the old side, then what only the new one has. */
  readonly operators: readonly OperatorPair[];
}

/** What an unmatched thing is probably called on the other side, and what speaks for it. */
export interface Likely {
  /** Uid (or address) of an operator, name of a state. */
  readonly name: string;
  /** Words that follow "which": `has the same 3 states of the same types`. */
  readonly because: string;
}

/** An operator on both sides; one of them may lack it. */
export interface OperatorPair {
  readonly address: string;
  readonly old: OperatorSchema | undefined;
  readonly now: OperatorSchema | undefined;
  /** Of an operator that the new side lacks. */
  readonly likely: Likely | undefined;
  /** Some lost operator is likely to be this one, under its old uid. */
  readonly likelyWas: string | undefined;
  readonly states: readonly StatePair[];
}

/** A state on both sides; one of them may lack it. */
export interface StatePair {
  /** `OPERATOR/STATE`. */
  readonly address: string;
  readonly old: StateDeclaration | undefined;
  readonly now: StateDeclaration | undefined;
  /** Of a state that the new side lacks. */
  readonly likely: Likely | undefined;
  /** Name of the lost state that this new one is likely to be. */
  readonly likelyWas: string | undefined;
  /** Flink compares the kinds before the types, and refuses these. */
  readonly kindsDiffer: boolean;
  /** The side that lacks it has states that its headers do not tell: this may be one of them. */
  readonly mayBeHidden: boolean;
  /** Empty where a side is missing. */
  readonly places: readonly PlacePair[];
}

/** One place of a state on both sides. */
export interface PlacePair {
  readonly place: Place;
  /** As in paths: `key`, `namespace`, `value`, `user key`, `element`, `timer`. */
  readonly label: string;
  readonly old: SerializerSnapshot;
  readonly now: SerializerSnapshot;
  readonly resolution: PlacedResolution;
}
