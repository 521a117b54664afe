import { StatewrightError } from '@statewright/bytes';
import { Opaque, type SerializerSnapshot, toJson } from '@statewright/serializers';
import type { ChangeReport, Convert } from '../job/entry-change.js';
import { typeWord } from './type-word.js';

/*
 * Types are changed node by node: a rule says what becomes of one node of a serializer tree, and everything around it is
 * put together again, snapshots and converters of decoded values alike.
 */

/** What becomes of a type and of its values. */
export interface TypeChange {
  /** The serializer snapshot as the new job will write it; the same object when nothing changes. */
  readonly snapshot: SerializerSnapshot;
  /** Opens a converter of decoded values, once per thread; undefined when they stay as they are. It never gets null. */
  readonly open: OpenConvert | undefined;
  /** Bytes of values stay as they are, even if `open` gives their decoded form other names. */
  readonly keepsBytes: boolean;
  /** What becomes of bytes in the place of a value, or of several, that could not be read; absent: an error. */
  readonly onOpaque?: ((value: Opaque) => Opaque) | undefined;
}

/** Opens a converter, once per thread. */
export type OpenConvert = (report: ChangeReport) => Convert;

/**
 * What becomes of one node, whose children are changed already; undefined: nothing of its own. `superclasses` are the POJO
 * classes that this node is registered or known as a subclass of.
 */
export type TypeRule = (node: SerializerSnapshot, superclasses: readonly string[]) => TypeChange | undefined;

/** A type that stays as it is. */
export function unchanged(snapshot: SerializerSnapshot): TypeChange {
  return { snapshot, open: undefined, keepsBytes: true };
}

/** A type of which only the snapshot changes. */
export function renamed(snapshot: SerializerSnapshot): TypeChange {
  return unchanged(snapshot);
}

/** A type whose values are written anew. */
export function rewritten(snapshot: SerializerSnapshot, open: OpenConvert): TypeChange {
  return { snapshot, open, keepsBytes: false };
}

/** Whether a change leaves a type and its values as they are. */
export function isUnchanged(change: TypeChange, from: SerializerSnapshot): boolean {
  return change.snapshot === from && change.open === undefined;
}

/** One change after another. */
export function andThen(first: TypeChange, second: TypeChange): TypeChange {
  const keepsBytes = first.keepsBytes && second.keepsBytes;
  const [one, two] = [first.open, second.open];
  const open: OpenConvert | undefined =
    one === undefined || two === undefined
      ? (one ?? two)
      : (report) => {
          const [begin, end] = [one(report), two(report)];
          return (value) => {
            const between = begin(value);
            return between === null ? null : end(between);
          };
        };
  return { snapshot: second.snapshot, open, keepsBytes, onOpaque: bothOpaque(first, second) };
}

function bothOpaque(first: TypeChange, second: TypeChange): TypeChange['onOpaque'] {
  if (first.open === undefined) return second.onOpaque;
  if (second.open === undefined) return first.onOpaque;
  const [one, two] = [first.onOpaque, second.onOpaque];
  if (one === undefined || two === undefined) return undefined;
  return one === two ? one : (value) => two(one(value));
}

/** How values are converted that may be null, or could not be read. */
export function openSafely(
  { open, onOpaque }: TypeChange,
  from: SerializerSnapshot,
): OpenConvert | undefined {
  if (open === undefined) return undefined;
  return (report) => {
    const convert = open(report);
    return (value) => {
      if (value === null) return null;
      if (!(value instanceof Opaque)) return convert(value);
      if (onOpaque === undefined) throw cannotConvert(`a value of type ${typeWord(from)}`, value, '');
      return onOpaque(value);
    };
  };
}

const SHOWN = 80;

/** The error of a value that cannot become what the plan wants; the writer adds the entry's key. */
export function cannotConvert(what: string, value: unknown, why: string, next?: string): StatewrightError {
  if (value instanceof Opaque) {
    const reason = `${what} is not readable: ${value.why}`;
    return new StatewrightError('CANNOT_ENCODE', {
      kind: 'migration',
      reason,
      next: readableBy(value) ?? next,
    });
  }
  const reason = `${what} is ${shortJson(value)}, ${why}`;
  return new StatewrightError('CANNOT_ENCODE', { kind: 'migration', reason, next });
}

/** What to do about values that could not be read. */
function readableBy({ serializer }: Opaque): string | undefined {
  if (serializer === 'KryoSerializer') {
    return 'turn what Kryo wrote into something readable first, by a step "kryo-to"';
  }
  return serializer === 'PojoSerializer'
    ? 'say first what the subclass is, by a step "declare-subclass"'
    : undefined;
}

/** A value as JSON, cut when long. */
export function shortJson(value: unknown): string {
  const text = toJson(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
