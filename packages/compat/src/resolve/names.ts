import type { SerializerSnapshot } from '@statewright/serializers';
import { isAvro, isEnum, isGenericType, isKryo, isPojo, isPrecision, isScalaEnum } from './snapshot-kinds.js';

/** The serializer of a snapshot as a person calls it: its simple name, and of which class where the snapshot tells it. */
export function serializerName(snapshot: SerializerSnapshot): string {
  const name = simpleSerializerName(snapshot.className);
  const of = classOf(snapshot);
  if (isPrecision(snapshot)) return `${name}(${snapshot.precision}, ${snapshot.scale})`;
  return of === undefined ? name : `${name} of ${of}`;
}

/** `LongSerializer` for `...LongSerializer$LongSerializerSnapshot`, `TimeWindow.Serializer` for a nested `Serializer`. */
export function simpleSerializerName(className: string): string {
  const parts = className.slice(className.lastIndexOf('.') + 1).split('$');
  const last = parts.at(-1)!.replace(/Snapshot(V\d+)?$/, '');
  if (parts.length < 2) return last;
  const outer = parts.at(-2)!;
  return outer === 'Serializer' ? `${parts[0]}.Serializer` : last;
}

/** The Java class of the values, where the snapshot names it. */
function classOf(snapshot: SerializerSnapshot): string | undefined {
  if (isPojo(snapshot)) return snapshot.pojoClass;
  if (isKryo(snapshot) || isGenericType(snapshot)) return snapshot.typeClass;
  if (isEnum(snapshot) || isScalaEnum(snapshot)) return snapshot.enumClass;
  return isAvro(snapshot) ? snapshot.runtimeType : undefined;
}
