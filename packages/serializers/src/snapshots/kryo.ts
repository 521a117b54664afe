import type { DataInputView, DataOutputView } from '@statewright/bytes';
import { quoted } from '../class-names.js';
import {
  type OptionalEntry,
  readFrameBytes,
  readOptionalMap,
  writeOptionalMap,
} from '../linked-optional-map.js';
import type { SerializerSnapshot, SnapshotFormat } from '../model.js';
import { opaqueCodec } from '../opaque.js';

/** How a class was registered with Kryo. */
export type KryoRegistration =
  | { readonly kind: 'unspecified'; readonly registeredClass: string }
  | { readonly kind: 'class'; readonly registeredClass: string; readonly serializerClass: string }
  /** `instance` is a Java object stream of a `SerializableSerializer`; it is kept, never read. */
  | { readonly kind: 'instance'; readonly registeredClass: string; readonly instance: Uint8Array };

const KINDS = ['unspecified', 'class', 'instance'] as const;

/** What a `KryoSerializerSnapshot` holds. */
export interface KryoSnapshot extends SerializerSnapshot {
  readonly typeClass: string;
  /** In the order of their ids; the first is the type itself. */
  readonly registrations: readonly OptionalEntry<string, KryoRegistration>[];
  /** Class to a Java object stream. */
  readonly defaultSerializers: readonly OptionalEntry<string, Uint8Array>[];
  /** Class to serializer class. */
  readonly defaultSerializerClasses: readonly OptionalEntry<string, string>[];
}

const SERIALIZER = 'KryoSerializer';
const KIND = 'Kryo registration';

/**
 *     utf typeClass
 *     optional map           registrations; key: utf class; value: utf registeredClass, i32 kind (0 unspecified;
 *                            1 class, then utf serializerClass; 2 instance, then a Java object stream)
 *     optional map           default serializers; key: utf class; value: a Java object stream
 *     optional map           default serializer classes; key: utf class; value: utf serializerClass
 *
 * Optional maps: see linked-optional-map.ts. Follows
 * `org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializerSnapshotData`, Flink 1.20.
 */
export const KRYO: SnapshotFormat<KryoSnapshot> = {
  classNames: ['org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializerSnapshot'],
  versions: [2],
  notes: { type: 'kryo', serializer: SERIALIZER, flink: '1.8-2.3', values: 'Opaque' },
  read(input, head) {
    const typeClass = input.readUTF('Kryo type');
    const registrations = readOptionalMap(input, KIND, readUTF, readRegistration);
    const defaultSerializers = readOptionalMap(input, 'Kryo default serializer', readUTF, readFrameBytes);
    const defaultSerializerClasses = readOptionalMap(input, 'Kryo default serializer', readUTF, readUTF);
    const { className, version, start } = head;
    const maps = { registrations, defaultSerializers, defaultSerializerClasses };
    return { className, version, nested: [], typeClass, ...maps, span: input.spanFrom(start) };
  },
  write(output, snapshot) {
    output.writeUTF(snapshot.typeClass);
    writeOptionalMap(output, snapshot.registrations, writeUTF, writeRegistration);
    writeOptionalMap(output, snapshot.defaultSerializers, writeUTF, (frame, bytes) =>
      frame.writeBytes(bytes),
    );
    writeOptionalMap(output, snapshot.defaultSerializerClasses, writeUTF, writeUTF);
  },
  describe: (snapshot) => ({
    type: 'kryo',
    class: snapshot.typeClass,
    serializer: SERIALIZER,
    opaque: whyOpaque(snapshot),
    details: {
      registrations: snapshot.registrations.map(({ name, value }) => describeRegistration(name, value)),
    },
  }),
  codec: (snapshot) => opaqueCodec(whyOpaque(snapshot), snapshot.typeClass, SERIALIZER),
};

function whyOpaque(snapshot: KryoSnapshot): string {
  return `Kryo writes ${quoted(snapshot.typeClass)} by its Java class, which the snapshot does not describe`;
}

function describeRegistration(name: string, registration: KryoRegistration | undefined) {
  const { kind } = registration ?? { kind: 'absent' };
  if (registration?.kind !== 'class') return { class: name, kind };
  return { class: name, kind, serializer: registration.serializerClass };
}

function readUTF(frame: DataInputView): string {
  return frame.readUTF(KIND);
}

function writeUTF(frame: DataOutputView, text: string): void {
  frame.writeUTF(text);
}

function readRegistration(frame: DataInputView): KryoRegistration {
  const registeredClass = frame.readUTF(KIND);
  const code = frame.readInt(KIND);
  const kind = KINDS[code];
  switch (kind) {
    case 'unspecified':
      return { kind, registeredClass };
    case 'class':
      return { kind, registeredClass, serializerClass: frame.readUTF(KIND) };
    case 'instance':
      return { kind, registeredClass, instance: readFrameBytes(frame) };
    default:
      frame.pos -= 4;
      throw frame.error('BAD_VALUE', KIND, `kind ${code} is found but 0, 1 or 2 is expected`, 4);
  }
}

function writeRegistration(frame: DataOutputView, registration: KryoRegistration): void {
  frame.writeUTF(registration.registeredClass);
  frame.writeInt(KINDS.indexOf(registration.kind));
  if (registration.kind === 'class') frame.writeUTF(registration.serializerClass);
  if (registration.kind === 'instance') frame.writeBytes(registration.instance);
}
