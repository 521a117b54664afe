import { type DataInputView, StatewrightError } from '@statewright/bytes';
import { type KryoReaderOptions, kryoClasses } from './classes.js';
import { ObjectGraph } from './object-graph.js';
import { asDeclared } from './serializers/body.js';

/** Reads one value, and stops behind its last byte. */
export type KryoReader = (input: DataInputView) => unknown;

/**
 * The reader of the values of one KryoSerializer: objects as RecordValue, Map and Set as MapValue and SetValue, other
 * collections and arrays as arrays, an enum's constant as its name, and what has no decoded form (UUID, Locale,
 * Duration, ...) as the text that Java prints. An object that is shared is the same value in each place.
 *
 * BAD_VALUE, BAD_LENGTH and TRUNCATED say that the bytes do not fit the layouts, NOT_SUPPORTED that a class, a custom
 * serializer, a comparator or an object within itself cannot be read; each names the path to it. A wrong layout may by
 * chance fit the bytes of a value: where the value's end is known, the caller must compare it with the view's position.
 *
 * Follows `KryoSerializer` of Flink 1.20 (Kryo 2.24, chill-java 0.7.6) and 2.3 (Kryo 5.6).
 */
export function compileKryoReader(options: KryoReaderOptions): KryoReader {
  const classes = kryoClasses(options);
  const { typeClass } = options.snapshot;
  return (input) => {
    const graph = new ObjectGraph(input, classes);
    const { depth } = input;
    try {
      return asDeclared(graph.readClassAndObject(), typeClass);
    } catch (error) {
      input.depth = depth;
      throw error instanceof StatewrightError ? placed(error, [typeClass, ...graph.path]) : error;
    }
  };
}

const MISFIT =
  'compare the layout with the class as it was: its superclasses, what is final, the order of constants';

function placed({ code, span, reason, next }: StatewrightError, path: readonly string[]): StatewrightError {
  const kind = `Kryo value ${path.join('.')}`;
  return new StatewrightError(code, {
    span,
    kind,
    reason,
    next: next ?? (code === 'NOT_SUPPORTED' ? undefined : MISFIT),
  });
}
