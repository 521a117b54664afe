import type { StateKind } from '@statewright/savepoint';

/** What a trace tells beside its messages. */
export interface TraceFacts {
  /** 32 hex digits, of the operator itself. */
  readonly operatorId?: string | undefined;
  /** 32 hex digits, of the first operator of the task's chain. */
  readonly chainId?: string | undefined;
  /** The task, as Flink calls it: the names of its chained operators. */
  readonly task?: string | undefined;
  /** The first frame that is neither Flink's nor a library's: `com.acme.FraudDetector.open(FraudDetector.java:42)`. */
  readonly userCode?: string | undefined;
  /** The kind of state that was being asked for. */
  readonly kind?: StateKind | undefined;
  /** The innermost field of Kryo's own trace: `tags (com.acme.Basket)`. */
  readonly kryoField?: { readonly field: string; readonly className: string } | undefined;
}

const BACKEND =
  /(?:Could not restore|Exception while restoring) (?:keyed|operator) state backend for .{1,300}?_(?<id>[0-9a-f]{32})_\(\d+\/\d+\)/;
const TASK =
  /(?:^|\s)(?<task>\S.{0,300}?) \(\d+\/\d+\)(?:#\d+)? \((?:[0-9a-f]{32}_(?<chain>[0-9a-f]{32})_\d+_\d+|[0-9a-f]{32})\) switched from \w+ to FAILED/;
/** Threads of tasks are named after them; the logger may print that, or a time, before the task. */
const BEFORE_TASK = /^.*(?:\] - | - |\s{2,})/;
const GETTER = /DefaultKeyedStateStore\.get(?<what>|List|Map|Reducing|Aggregating|Folding)State\(/;
const OPERATOR_GETTER = /DefaultOperatorStateBackend\.get(?<what>ListState|UnionListState|BroadcastState)\(/;
const KRYO_FIELD = /^\s*(?<field>[\w$]{1,300}) \((?<name>[\w$.]{1,500})\)$/;
const FRAME = /^\s*at (?:[\w.@-]*\/{1,2})?(?<method>[\w$.<>]{1,500}\([\w$]{1,200}\.(?:java|scala|kt):\d+\))/;
/** Whose frames are not the user's. */
const USER_CODE =
  /^(?!org\.apache\.|java\.|javax\.|jdk\.|sun\.|com\.sun\.|scala\.|kotlin\.|akka\.|com\.esotericsoftware\.|org\.rocksdb\.|com\.ververica\.|org\.slf4j\.)/;

const KEYED_KINDS: { readonly [what: string]: StateKind } = {
  '': 'value',
  List: 'list',
  Map: 'map',
  Reducing: 'reducing',
  Aggregating: 'aggregating',
  Folding: 'folding',
};
const OPERATOR_KINDS: { readonly [what: string]: StateKind } = {
  ListState: 'operator-list',
  UnionListState: 'union-list',
  BroadcastState: 'broadcast',
};

/** The facts with what a line adds to them; what is known stays. */
export function readFacts(facts: TraceFacts, line: string): TraceFacts {
  const frame = FRAME.exec(line)?.groups?.method;
  if (frame !== undefined) return withFrame(facts, frame);
  const id = BACKEND.exec(line)?.groups?.id;
  if (id !== undefined) return { ...facts, operatorId: facts.operatorId ?? id };
  if (line.includes('FAILED')) {
    const task = TASK.exec(line)?.groups;
    if (task !== undefined)
      return { ...facts, task: task.task!.replace(BEFORE_TASK, ''), chainId: task.chain };
  }
  const kryo = KRYO_FIELD.exec(line)?.groups;
  if (kryo === undefined || facts.kryoField !== undefined) return facts;
  return { ...facts, kryoField: { field: kryo.field!, className: kryo.name! } };
}

function withFrame(facts: TraceFacts, frame: string): TraceFacts {
  const keyed = GETTER.exec(frame)?.groups?.what;
  const operator = OPERATOR_GETTER.exec(frame)?.groups?.what;
  const kind = keyed === undefined ? OPERATOR_KINDS[operator ?? ''] : KEYED_KINDS[keyed];
  const userCode = USER_CODE.test(frame) ? frame : undefined;
  return { ...facts, kind: facts.kind ?? kind, userCode: facts.userCode ?? userCode };
}
