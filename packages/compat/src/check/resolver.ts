import type { SerializerSnapshot } from '@statewright/serializers';
import type { PlacedResolution, PlaceOptions } from '../resolve/resolve.js';
import type { Target } from '../verdict.js';

/** What a check asks about two serializers. */
export interface Resolver {
  /** What the backend of the target release makes of the two in a place. */
  resolve(
    old: SerializerSnapshot,
    now: SerializerSnapshot,
    target: Target,
    options: Required<PlaceOptions>,
  ): PlacedResolution;
  /** What the job that wrote a snapshot would write on the target release. */
  predict(snapshot: SerializerSnapshot, target: Target): SerializerSnapshot;
}

/** A resolver that answers the same question once: all states of an operator share their key's serializer. */
export function remembering(resolver: Resolver): Resolver {
  const answers = new WeakMap<
    SerializerSnapshot,
    WeakMap<SerializerSnapshot, Map<string, PlacedResolution>>
  >();
  const predictions = new WeakMap<SerializerSnapshot, SerializerSnapshot>();
  return {
    resolve(old, now, target, options) {
      const ofOld = answers.get(old) ?? new WeakMap<SerializerSnapshot, Map<string, PlacedResolution>>();
      answers.set(old, ofOld);
      const ofPair = ofOld.get(now) ?? new Map<string, PlacedResolution>();
      ofOld.set(now, ofPair);
      const place = `${options.place} ${options.isMapState}`;
      const answer = ofPair.get(place) ?? resolver.resolve(old, now, target, options);
      ofPair.set(place, answer);
      return answer;
    },
    predict(snapshot, target) {
      const answer = predictions.get(snapshot) ?? resolver.predict(snapshot, target);
      predictions.set(snapshot, answer);
      return answer;
    },
  };
}
