import { describeSerializer, type SerializerSnapshot, SNAPSHOT_FORMATS } from '@statewright/serializers';

const KNOWN: ReadonlySet<string> = new Set(SNAPSHOT_FORMATS.flatMap(({ classNames }) => classNames));

/** The Java class of a serializer's values, where its snapshot is one of Flink's and tells it. */
export function classOf(snapshot: SerializerSnapshot): string | undefined {
  if ('unreadable' in snapshot || !KNOWN.has(snapshot.className)) return undefined;
  return describeSerializer(snapshot).class;
}
