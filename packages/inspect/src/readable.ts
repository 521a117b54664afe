import type { Operator, State, StateStream, StreamFormat } from '@statewright/savepoint';
import { addressOf, operatorAddress } from './names.js';

/** Something whose entries cannot be read, and why: one sentence without a full stop. */
export interface Unreadable {
  readonly address: string;
  readonly why: string;
}

const REASONS: { readonly [format in StreamFormat]?: string } = {
  rocksdb: "its values lie in RocksDB's own files, which this release does not read",
  changelog: 'its values lie behind a changelog, which this release does not read',
  legacy: 'its stream has a form that Flink itself no longer reads',
};

/** Parts the states whose entries can be read from those whose cannot; says also which streams hold more than is known. */
export function splitReadable(states: readonly State[]): {
  readonly readable: readonly State[];
  readonly unreadable: readonly Unreadable[];
} {
  const reasons = new Map(states.map((state) => [state, reasonOf(state)]));
  const unreadable = states.flatMap((state) => {
    const why = reasons.get(state);
    return why === undefined ? [] : [{ address: addressOf(state), why }];
  });
  return { readable: states.filter((state) => reasons.get(state) === undefined), unreadable };
}

/** The streams of an operator that hold states which their headers could not tell. */
export function unknownStates(operator: Operator): Unreadable[] {
  return operator.streams.flatMap(({ problem, subtask, format }) => {
    const why = problem ?? (format === 'legacy' ? REASONS.legacy : undefined);
    return why === undefined ? [] : [{ address: `${operatorAddress(operator)} subtask ${subtask}`, why }];
  });
}

function reasonOf(state: State): string | undefined {
  for (const { stream } of state.parts) {
    const why = streamReason(stream);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Heap entries have no lengths: a stream with one unknown serializer cannot be read behind it. */
function streamReason({ format, problem }: StateStream): string | undefined {
  return REASONS[format] ?? (format === 'heap' ? problem : undefined);
}
