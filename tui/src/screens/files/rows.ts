import type { InspectView, OperatorView, StreamView } from '@statewright/inspect';

/** A stream of state, or a file behind one. */
export interface FileRow {
  /** As the handle names it. */
  readonly file: string;
  readonly format: string;
  readonly operator: string;
  readonly subtask: number;
  /** First and last one; empty for operator state. */
  readonly keyGroups: string;
  readonly start: number;
  readonly bytes: number;
  readonly shared: boolean;
  readonly states: readonly string[];
  readonly problem: string | null;
}

/** All streams and the files behind them, by operator and subtask. */
export function fileRows({ operators }: InspectView): readonly FileRow[] {
  return operators.flatMap((operator) => operator.streams.flatMap((stream) => rowsOf(operator, stream)));
}

function rowsOf({ uid, name, id }: OperatorView, stream: StreamView): readonly FileRow[] {
  const { keyGroups, files, file, format, compressed } = stream;
  const own: FileRow = {
    file: file ?? '(in _metadata)',
    format: compressed ? `${format}, snappy` : format,
    operator: uid ?? name ?? id.slice(0, 8),
    subtask: stream.subtask,
    keyGroups: keyGroups === null ? '' : `${keyGroups[0]} to ${keyGroups[1]}`,
    start: stream.start,
    bytes: stream.bytes,
    shared: false,
    states: stream.states,
    problem: stream.problem,
  };
  return [
    own,
    ...files.map((each) => ({ ...own, file: each.name, start: 0, bytes: each.bytes, shared: each.shared })),
  ];
}
