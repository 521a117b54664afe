import { INT_ARRAY } from '../codecs/arrays.js';
import { INT, LONG } from '../codecs/primitives.js';
import { STRING } from '../codecs/string-value.js';
import { type CompositeRow, type CompositeSnapshot, compositeFormat } from '../composite.js';
import { elementsCodec } from '../elements.js';
import type {
  Codec,
  CodecCompiler,
  Describer,
  SerializerSnapshot,
  SnapshotFormat,
  TypeDescription,
} from '../model.js';
import { opaqueCodec } from '../opaque.js';
import { optionalCodec } from '../optional.js';
import { recordCodec } from '../record.js';
import type { RecordShape } from '../values.js';
import { simpleFormat } from './simple.js';

const NFA = 'org.apache.flink.cep.nfa.';
const BUFFER = `${NFA}sharedbuffer.`;

const EVENT_ID: RecordShape = { className: `${BUFFER}EventId`, names: ['id', 'timestamp'] };
const DEWEY: RecordShape = { className: `${NFA}DeweyNumber`, names: ['deweyNumber'] };
const NODE_ID: RecordShape = { className: `${BUFFER}NodeId`, names: ['eventId', 'pageName'] };
const EDGE: RecordShape = { className: `${BUFFER}SharedBufferEdge`, names: ['target', 'deweyNumber'] };
const NODE: RecordShape = { className: `${BUFFER}SharedBufferNode`, names: ['edges'] };
const LOCKABLE: RecordShape = { className: `${BUFFER}Lockable`, names: ['refCounter', 'element'] };

/** Only the field names of a record vary in these descriptions. */
function describeRecord(
  shape: RecordShape,
  serializer: string,
  types: readonly TypeDescription[],
): TypeDescription {
  const fields = types.map((type, i) => ({ name: shape.names[i]!, type }));
  return {
    type: 'record',
    ...(shape.className === undefined ? {} : { class: shape.className }),
    serializer,
    fields,
  };
}

const INT_TYPE: TypeDescription = { type: 'int', serializer: 'IntSerializer' };
const LONG_TYPE: TypeDescription = { type: 'long', serializer: 'LongSerializer' };
const STRING_TYPE: TypeDescription = { type: 'string', serializer: 'StringSerializer' };

/** A record whose codecs are fixed needs no compiler for copies of its own. */
const FIXED: CodecCompiler = {
  compile() {
    throw new Error('a fixed record has no nested snapshots');
  },
  part: (codec) => codec,
  unique: () => -1,
};

/** `i32 id, i64 timestamp`. Follows `EventId.EventIdSerializer`, Flink 1.20. */
export const EVENT_ID_FORMAT = simpleRecord(
  'EventIdSerializer',
  `${BUFFER}EventId$`,
  EVENT_ID,
  [INT, LONG],
  [INT_TYPE, LONG_TYPE],
);

/** `i32 n, n x i32`. Follows `DeweyNumber.DeweyNumberSerializer`, Flink 1.20. */
export const DEWEY_NUMBER_FORMAT = simpleRecord(
  'DeweyNumberSerializer',
  `${NFA}DeweyNumber$`,
  DEWEY,
  [INT_ARRAY],
  [{ type: 'int[]', serializer: 'IntPrimitiveArraySerializer' }],
);

function simpleRecord(
  serializer: string,
  prefix: string,
  shape: RecordShape,
  codecs: readonly Codec[],
  types: readonly TypeDescription[],
): SnapshotFormat {
  const format = simpleFormat({
    snapshotClass: `${prefix}${serializer}$${serializer}Snapshot`,
    serializer,
    type: 'record',
    valueClass: shape.className ?? '',
    codec: recordCodec(FIXED, shape, codecs, serializer),
    flink: '1.8-2.3',
    values: 'RecordValue',
  });
  return { ...format, describe: () => describeRecord(shape, serializer, types) } as SnapshotFormat;
}

/** The part that all composites of CEP have in common. */
function cepFormat(
  className: string,
  serializer: string,
  row: Pick<CompositeRow<undefined>, 'describe' | 'codec'> & {
    readonly flink?: string;
    readonly values?: string;
  },
): SnapshotFormat {
  const { flink = '1.8-2.3', values = 'RecordValue', describe, codec } = row;
  return compositeFormat({
    classNames: [className],
    notes: { type: 'record', serializer, flink, values },
    outerVersions: [1],
    arity: 1,
    describe,
    codec,
  }) as SnapshotFormat;
}

function first(snapshot: SerializerSnapshot, compiler: CodecCompiler, label: string): Codec {
  return compiler.compile(snapshot.nested[0]!, label);
}

/** `i32 refCounter`, element. Follows `LockableTypeSerializerSnapshot`, Flink 1.20. */
export const LOCKABLE_FORMAT = cepFormat(
  `${BUFFER}LockableTypeSerializerSnapshot`,
  'LockableTypeSerializer',
  {
    describe: (snapshot, describe) =>
      describeRecord(LOCKABLE, 'LockableTypeSerializer', [INT_TYPE, describe(snapshot.nested[0]!)]),
    codec: (snapshot, compiler) =>
      recordCodec(compiler, LOCKABLE, [INT, first(snapshot, compiler, 'element')], 'LockableTypeSerializer'),
  },
);

/** `i8 present`, then event id and `str pageName`. Follows `NodeId.NodeIdSerializer`, Flink 1.20. */
export const NODE_ID_FORMAT = cepFormat(
  `${BUFFER}NodeId$NodeIdSerializer$NodeIdSerializerSnapshot`,
  'NodeIdSerializer',
  {
    values: 'RecordValue, nullable',
    describe: (snapshot, describe) =>
      describeRecord(NODE_ID, 'NodeIdSerializer', [describe(snapshot.nested[0]!), STRING_TYPE]),
    codec(snapshot, compiler) {
      const codecs = [first(snapshot, compiler, 'eventId'), STRING];
      return optionalCodec({
        inner: recordCodec(compiler, NODE_ID, codecs, 'NodeIdSerializer'),
        flag: 'is-present',
      });
    },
  },
);

/** Node id, Dewey number. Follows `SharedBufferEdge.SharedBufferEdgeSerializer`, Flink 1.20. */
export const EDGE_FORMAT = compositeFormat({
  classNames: [`${BUFFER}SharedBufferEdge$SharedBufferEdgeSerializer$SharedBufferEdgeSerializerSnapshot`],
  notes: {
    type: 'record',
    serializer: 'SharedBufferEdgeSerializer',
    flink: '1.8-2.3',
    values: 'RecordValue',
  },
  outerVersions: [1],
  arity: 2,
  describe: (snapshot, describe) =>
    describeRecord(EDGE, 'SharedBufferEdgeSerializer', snapshot.nested.map(describe)),
  codec(snapshot, compiler) {
    const codecs = [
      compiler.compile(snapshot.nested[0]!, 'target'),
      compiler.compile(snapshot.nested[1]!, 'deweyNumber'),
    ];
    return recordCodec(compiler, EDGE, codecs, 'SharedBufferEdgeSerializer');
  },
});

function describeList(serializer: string, element: TypeDescription): TypeDescription {
  return { type: 'list', serializer, fields: [{ name: 'element', type: element }] };
}

function describeNode(snapshot: SerializerSnapshot, describe: Describer): TypeDescription {
  const serializer = 'SharedBufferNodeSerializer';
  const lockable = describeRecord(LOCKABLE, serializer, [INT_TYPE, describe(snapshot.nested[0]!)]);
  return describeRecord(NODE, serializer, [describeList(serializer, lockable)]);
}

/** `i32 n, n x (i32 refCounter, edge)`. Follows `SharedBufferNodeSerializerSnapshotV2`, Flink 1.20. */
export const NODE_FORMAT = cepFormat(
  `${BUFFER}SharedBufferNodeSerializerSnapshotV2`,
  'SharedBufferNodeSerializer',
  {
    flink: '1.13-2.3',
    describe: describeNode,
    codec(snapshot, compiler) {
      const serializer = 'SharedBufferNodeSerializer';
      const lockable = recordCodec(compiler, LOCKABLE, [INT, first(snapshot, compiler, 'edge')], serializer);
      const edges = elementsCodec(compiler, { element: lockable, flag: 'none', serializer });
      return recordCodec(compiler, NODE, [edges], serializer);
    },
  },
);

/**
 * A list of edges, without counters.
 * Follows `SharedBufferNode.SharedBufferNodeSerializer.SharedBufferNodeSerializerSnapshot`, Flink 1.12.
 */
export const OLD_NODE_FORMAT = cepFormat(
  `${BUFFER}SharedBufferNode$SharedBufferNodeSerializer$SharedBufferNodeSerializerSnapshot`,
  'SharedBufferNodeSerializer',
  {
    flink: '1.8-1.12',
    describe: (snapshot, describe) =>
      describeRecord(NODE, 'SharedBufferNodeSerializer', [describe(snapshot.nested[0]!)]),
    codec: (snapshot, compiler) =>
      recordCodec(compiler, NODE, [first(snapshot, compiler, 'edges')], 'SharedBufferNodeSerializer'),
  },
);

const STATE_NAMES = ['currentStateName', 'previousBufferEntry', 'version', 'startTimestamp'];
const NFA_STATE: RecordShape = { className: `${NFA}NFAState`, names: ['partialMatches', 'completedMatches'] };

/**
 * Outer part: `bool supportsPreviousTimestamp` in version 2. Value: twice `i32 n, n x` computation state, which is
 * `str name`, node id, Dewey number, `i64 startTimestamp`, `[i64 previousTimestamp]`, `i8 present`, `[event id]`.
 * Follows `NFAStateSerializerSnapshot` and `NFAStateSerializer`, Flink 1.20.
 */
export const NFA_STATE_FORMAT = compositeFormat<boolean>({
  classNames: [`${NFA}NFAStateSerializerSnapshot`],
  notes: { type: 'record', serializer: 'NFAStateSerializer', flink: '1.8-2.3', values: 'RecordValue' },
  outerVersions: [1, 2],
  arity: 3,
  readOuter: (input, outerVersion) => outerVersion >= 2 && input.readBoolean('supportsPreviousTimestamp'),
  writeOuter(output, supportsPrevious, outerVersion) {
    if (outerVersion >= 2) output.writeBoolean(supportsPrevious);
  },
  describe: describeNfaState,
  codec: (snapshot, compiler) => nfaStateCodec(snapshot.nested, snapshot.outer, compiler),
});

function stateShape(supportsPrevious: boolean): RecordShape {
  const names = [...STATE_NAMES, ...(supportsPrevious ? ['previousTimestamp'] : []), 'startEventID'];
  return { className: `${NFA}ComputationState`, names };
}

function describeNfaState(snapshot: CompositeSnapshot<boolean>, describe: Describer): TypeDescription {
  const serializer = 'NFAStateSerializer';
  const [version, nodeId, eventId] = snapshot.nested.map(describe);
  const previous = snapshot.outer ? [LONG_TYPE] : [];
  const types = [STRING_TYPE, nodeId!, version!, LONG_TYPE, ...previous, eventId!];
  const states = describeList(serializer, describeRecord(stateShape(snapshot.outer), serializer, types));
  return describeRecord(NFA_STATE, serializer, [states, states]);
}

function nfaStateCodec(
  nested: readonly SerializerSnapshot[],
  supportsPrevious: boolean,
  compiler: CodecCompiler,
): Codec {
  const serializer = 'NFAStateSerializer';
  const version = compiler.compile(nested[0]!, 'version');
  const nodeId = compiler.compile(nested[1]!, 'previousBufferEntry');
  const startEvent = optionalCodec({
    inner: compiler.compile(nested[2]!, 'startEventID'),
    flag: 'is-present',
  });
  const previous = supportsPrevious ? [LONG] : [];
  const shape = stateShape(supportsPrevious);
  const state = recordCodec(
    compiler,
    shape,
    [STRING, nodeId, version, LONG, ...previous, startEvent],
    serializer,
  );
  const states = elementsCodec(compiler, { element: state, flag: 'none', serializer });
  return recordCodec(compiler, NFA_STATE, [states, states], serializer);
}

/** What Flink 1.20 still reads of CEP state before 1.6; the encoding went with the serializers. */
function oldFormat(className: string, serializer: string, arity: number): SnapshotFormat {
  const opaque = 'an encoding of Flink 1.5 and earlier, which later releases replace when they read it';
  return compositeFormat({
    classNames: [className],
    notes: { type: 'cep-legacy', serializer, flink: '1.8-1.20', values: 'Opaque' },
    outerVersions: [1, 2],
    arity,
    describe: (snapshot, describe) => ({
      type: 'cep-legacy',
      serializer,
      opaque,
      fields: snapshot.nested.map((nested, i) => ({ name: `f${i}`, type: describe(nested) })),
    }),
    codec: () => opaqueCodec(opaque, undefined, serializer),
  }) as SnapshotFormat;
}

/** Follow `NFA.MigratedNFASerializerSnapshot` and `SharedBuffer.SharedBufferSerializerSnapshot`, Flink 1.20. */
export const OLD_CEP_FORMATS: readonly SnapshotFormat[] = [
  oldFormat(`${NFA}NFA$MigratedNFASerializerSnapshot`, 'NFASerializer', 2),
  oldFormat(`${NFA}SharedBuffer$SharedBufferSerializerSnapshot`, 'SharedBufferSerializer', 3),
];
