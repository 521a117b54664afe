import type { CompositeSnapshot, SerializerSnapshot } from '@statewright/serializers';
import type { TypeForm } from './form.js';
import { angles } from './layout.js';

const BASE = 'org.apache.flink.api.common.typeutils.base.';
const RUNTIME = 'org.apache.flink.api.java.typeutils.runtime.';
const STATE = 'org.apache.flink.runtime.state.';
const STREAMING = 'org.apache.flink.streaming.';
const SINK = `${STREAMING}api.functions.sink.`;
const SCALA = 'org.apache.flink.api.scala.typeutils.';
const BUFFER = 'org.apache.flink.cep.nfa.sharedbuffer.';
const TYPEUTILS = 'org.apache.flink.table.runtime.typeutils.';
const LINKED = 'org.apache.flink.table.runtime.sequencedmultisetstate.linked.';

/** A serializer made of `arity` others (any number, when undefined) and, at most, one constant of its own. */
interface CompositeRow {
  readonly keyword: string;
  readonly className: string;
  readonly outerVersion: number;
  readonly arity: number | undefined;
  readonly outer?: boolean;
}

function row(keyword: string, className: string, outerVersion: number, arity?: number, outer?: boolean) {
  const base: CompositeRow = { keyword, className, outerVersion, arity };
  return outer === undefined ? base : { ...base, outer };
}

/** A linked list of SQL's multiset state. */
function linked(keyword: string, name: string, arity: number): CompositeRow {
  return row(keyword, `${LINKED}${name}Serializer$${name}SerializerSnapshot`, 0, arity);
}

/** The outer versions are those of Flink 2.3, and the same in 1.20. */
const ROWS: readonly CompositeRow[] = [
  row('list', `${BASE}ListSerializerSnapshot`, 1, 1),
  row('array-list', `${STATE}ArrayListSerializerSnapshot`, 1, 1),
  row('map', `${BASE}MapSerializerSnapshot`, 1, 2),
  row('set', `${BASE}SetSerializerSnapshot`, 1, 1),
  row('row', `${RUNTIME}RowSerializer$RowSerializerSnapshot`, 4, undefined, true),
  row('row-without-kind', `${RUNTIME}RowSerializer$RowSerializerSnapshot`, 4, undefined, false),
  row('either', `${RUNTIME}JavaEitherSerializerSnapshot`, 1, 2),
  row(
    'single-thread',
    'org.apache.flink.api.common.typeutils.SingleThreadAccessCheckingTypeSerializer$SingleThreadAccessCheckingTypeSerializerSnapshot',
    1,
    1,
  ),
  row('timer', `${STREAMING}api.operators.TimerSerializerSnapshot`, 2, 2),
  row(
    'stream-element',
    `${STREAMING}runtime.streamrecord.StreamElementSerializer$StreamElementSerializerSnapshot`,
    2,
    1,
  ),
  row('tagged-union', `${STREAMING}api.datastream.CoGroupedStreams$UnionSerializerSnapshot`, 2, 2),
  row(
    'buffer-entry',
    `${STREAMING}api.operators.co.IntervalJoinOperator$BufferEntrySerializerSnapshot`,
    2,
    1,
  ),
  row('two-phase-commit', `${SINK}TwoPhaseCommitSinkFunction$StateSerializerSnapshot`, 4, 2, true),
  row('two-phase-commit-not-null', `${SINK}TwoPhaseCommitSinkFunction$StateSerializerSnapshot`, 4, 2, false),
  row(
    'legacy-two-phase-commit',
    `${SINK}legacy.TwoPhaseCommitSinkFunction$StateSerializerSnapshot`,
    4,
    2,
    true,
  ),
  row(
    'legacy-two-phase-commit-not-null',
    `${SINK}legacy.TwoPhaseCommitSinkFunction$StateSerializerSnapshot`,
    4,
    2,
    false,
  ),
  row('option', `${SCALA}ScalaOptionSerializerSnapshot`, 2, 1),
  row('scala-either', `${SCALA}ScalaEitherSerializerSnapshot`, 1, 2),
  row('try', `${SCALA}ScalaTrySerializerSnapshot`, 2, 2),
  row('lockable', `${BUFFER}LockableTypeSerializerSnapshot`, 1, 1),
  row('node-id', `${BUFFER}NodeId$NodeIdSerializer$NodeIdSerializerSnapshot`, 1, 1),
  row(
    'shared-buffer-edge',
    `${BUFFER}SharedBufferEdge$SharedBufferEdgeSerializer$SharedBufferEdgeSerializerSnapshot`,
    1,
    2,
  ),
  row('shared-buffer-node', `${BUFFER}SharedBufferNodeSerializerSnapshotV2`, 1, 1),
  row('nfa-state', 'org.apache.flink.cep.nfa.NFAStateSerializerSnapshot', 2, 3, true),
  row('nfa-state-without-previous', 'org.apache.flink.cep.nfa.NFAStateSerializerSnapshot', 2, 3, false),
  row('raw', `${TYPEUTILS}RawValueDataSerializer$RawValueDataSerializerSnapshot`, 0, 1),
  row('window-key', `${TYPEUTILS}WindowKeySerializer$WindowKeySerializerSnapshot`, 1, 1),
  row('linked-list', `${TYPEUTILS}LinkedListSerializer$LinkedListSerializerSnapshot`, 3, 1, true),
  row('linked-list-not-null', `${TYPEUTILS}LinkedListSerializer$LinkedListSerializerSnapshot`, 3, 1, false),
  row('list-view', 'org.apache.flink.table.dataview.ListViewSerializerSnapshot', 1, 1),
  row('map-view', 'org.apache.flink.table.dataview.MapViewSerializerSnapshot', 1, 1),
  row('null-aware-map', 'org.apache.flink.table.dataview.NullAwareMapSerializerSnapshot', 1, 2),
  linked('linked-node', 'Node', 6),
  linked('meta-sqn-info', 'MetaSqnInfo', 2),
  linked('row-sqn-info', 'RowSqnInfo', 2),
];

/** The version of a `CompositeTypeSerializerSnapshot` since Flink 1.8. */
const VERSION = 3;

/** A composite's snapshot without its place. */
export function compositeSnapshot<O>(
  className: string,
  outerVersion: number,
  outer: O,
  nested: readonly SerializerSnapshot[],
) {
  return { className, version: VERSION, outerVersion, outer, nested };
}

/** `keyword<type, type>`. */
export const COMPOSITE_FORMS: readonly TypeForm[] = ROWS.map((composite) => {
  const { keyword, className, outerVersion, outer } = composite;
  return {
    keyword,
    classNames: [className],
    parse: (parser) =>
      parser.placed(
        compositeSnapshot(className, outerVersion, outer, parser.types(keyword, composite.arity)),
      ),
    print: (snapshot, printer) => {
      if ((snapshot as CompositeSnapshot<unknown>).outer !== outer) return undefined;
      return [keyword, angles(printer.types(snapshot.nested))];
    },
  };
});

/** The composite snapshot that a keyword of this table stands for, around others, without its place. */
export function wrappedIn(keyword: string, nested: readonly SerializerSnapshot[]) {
  const { className, outerVersion, outer } = ROWS.find((one) => one.keyword === keyword) as CompositeRow;
  return compositeSnapshot(className, outerVersion, outer, nested);
}
