import type { SerializerSnapshot } from '@statewright/serializers';
import type { Target } from '../verdict.js';
import { isAtLeast } from './releases.js';
import { isEnum } from './snapshot-kinds.js';

/** What a comparison knows beside the two nodes it looks at. */
export interface World {
  readonly target: Target;
  /** Constants of the enums that the new job's snapshot names, by Java class: what the classes have now. */
  readonly enumConstants: ReadonlyMap<string, ReadonlySet<string>>;
  /** The old values were written by Kryo 2 (Flink 1.x) and the target reads with Kryo 5 (2.x); undefined: nobody says. */
  readonly kryoCrossed: boolean | undefined;
  /** Before 1.19 the old snapshot was asked, and a composite compared the serializers' classes first. */
  readonly oldDecides: boolean;
}

/** Collects what the new job's snapshot says of its classes. */
export function worldOf(now: SerializerSnapshot, target: Target): World {
  const enumConstants = new Map<string, Set<string>>();
  const collect = (snapshot: SerializerSnapshot): void => {
    if (isEnum(snapshot)) {
      const known = enumConstants.get(snapshot.enumClass) ?? new Set();
      for (const constant of snapshot.constants) known.add(constant);
      enumConstants.set(snapshot.enumClass, known);
    }
    for (const nested of snapshot.nested) collect(nested);
  };
  collect(now);
  const { version, sourceVersion } = target;
  const kryoCrossed =
    version.major < 2 ? false : sourceVersion === undefined ? undefined : sourceVersion.major < 2;
  return { target, enumConstants, kryoCrossed, oldDecides: !isAtLeast(version, 1, 19) };
}
