import type { StateKind } from '@statewright/savepoint';

/**
 * A message of Flink, or of a library below it, that tells why a restore failed or will: a row of the table in
 * `messages/index.ts`.
 */
export interface KnownMessage {
  /** Kebab case. */
  readonly id: string;
  /** Releases of Flink known to print it, first and last: `1.8 to 2.3`. Others may, too. */
  readonly flink: string;
  /**
   * `cause`: says what is wrong. `symptom`: says it only where no cause is near. `wrapper`: says where, never what.
   * `warning`: stands alone; nothing has failed yet.
   */
  readonly weight: 'cause' | 'symptom' | 'wrapper' | 'warning';
  /** Texts of which every such line holds one; looked for first, because that is cheap. */
  readonly needles: readonly string[];
  /** Matched against one line. Linear: no part that repeats stands inside another, so no line makes it slow. */
  readonly pattern: RegExp;
  /** It is this message only where a frame of the same exception matches too: for messages of the JDK. */
  readonly frame?: RegExp;
  /** Rules that find the same before it happens. */
  readonly rules: readonly string[];
  read(match: RegExpExecArray): Reading;
}

/** What a message says once its parts are known. */
export interface Reading {
  /** One or two sentences without a full stop at the end. */
  readonly cause: string;
  /** Commands and sentences; `SNAPSHOT` stands for the path of the snapshot. */
  readonly next: readonly string[];
  /** As the message names them. */
  readonly state?: string | undefined;
  readonly field?: string | undefined;
  /** Rules, where the parts of the message tell more than the message alone. */
  readonly rules?: readonly string[] | undefined;
  readonly clues?: Clues | undefined;
}

/** What of a message can be looked up in the snapshot that stands beside the log. */
export interface Clues {
  /** 32 hex digits. */
  readonly operatorId?: string | undefined;
  /** The serializer in question is that of the key, the namespace, or the state itself; absent: any. */
  readonly place?: 'key' | 'namespace' | 'value' | undefined;
  /** Simple class name of the old serializer, for example `MapSerializer`. */
  readonly serializer?: string | undefined;
  /** A Java class that stands in the state's type. */
  readonly className?: string | undefined;
  /** A field of the class: of `className`, or of any class where that is absent. */
  readonly field?: string | undefined;
  readonly kinds?: readonly StateKind[] | undefined;
  /** Nothing narrows it down any further: all states of these kinds are shown. */
  readonly all?: boolean | undefined;
}

/** Compares the new job with the snapshot, and names the exact field. */
export const CHECK = 'statewright check SNAPSHOT --against job.state.yaml';
/** Shows the types that the snapshot holds. */
export const SCHEMA = 'statewright schema SNAPSHOT';
/** Lists operators with uid, hash and states. */
export const INSPECT = 'statewright inspect SNAPSHOT';

/** `MapSerializer` of `org.apache.flink.api.common.typeutils.base.MapSerializer@db1bc2cb`, `EnumSerializer{...}` and the like. */
export function serializerName(text: string): string {
  const [className = ''] = /^[\w$.]*/.exec(text)!;
  return className.slice(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
}
