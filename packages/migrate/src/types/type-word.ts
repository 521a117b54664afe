import { StatewrightError } from '@statewright/bytes';
import { describeSerializer, type SerializerSnapshot, type TypeDescription } from '@statewright/serializers';

/** What a type is by `describeSerializer`; `unknown` for a serializer of the user's own, of which steps know nothing. */
export function describeType(snapshot: SerializerSnapshot): TypeDescription {
  try {
    return describeSerializer(snapshot);
  } catch (error) {
    if (!(error instanceof StatewrightError)) throw error;
    return { type: 'unknown', serializer: snapshot.className };
  }
}

/** What a type is called in a sentence. */
export function typeWord(snapshot: SerializerSnapshot): string {
  const { type, class: className, serializer } = describeType(snapshot);
  if (type === 'unknown') return serializer;
  return className === undefined ? type : `${type} ${className}`;
}
