import { StatewrightError } from '@statewright/bytes';
import { addressOf } from '@statewright/inspect';
import {
  type AccountFinding,
  accountBytes,
  type Operator,
  type Savepoint,
  type State,
  type StateEntry,
  type StateStream,
} from '@statewright/savepoint';
import { MapValue } from '@statewright/serializers';
import { errorView } from '../error-view.js';
import { type RunProgress, throwIfStopped } from '../run/progress.js';
import type { ErrorView, VerifiedState, VerifyView } from '../views.js';
import { RepeatedEntries } from './repeated-entries.js';

/** What reading all of a snapshot has found. */
export type Reading = Pick<VerifyView, 'streams' | 'bytes' | 'states' | 'damage' | 'notVerified'>;

interface Count {
  entries: number;
  keyBytes: number;
  valueBytes: number;
}

/** What means that this release cannot read something, and not that it is damaged. */
const NOT_OUR_FAULT: readonly string[] = [
  'NOT_SUPPORTED',
  'LEGACY_FORMAT',
  'UNKNOWN_SNAPSHOT_CLASS',
  'UNSUPPORTED_VERSION',
  'OUTSIDE_SNAPSHOT',
];

/**
 * Reads every entry of every state to its end, and accounts for each byte of each stream: keys lie in their key groups, none is
 * there twice, offsets and sizes add up.
 */
export async function readAll(
  savepoint: Savepoint,
  options: { readonly signal?: AbortSignal | undefined; readonly progress?: RunProgress | undefined },
): Promise<Reading> {
  const counts = new Map<State, Count>();
  for (const { states } of savepoint.operators)
    for (const state of states) counts.set(state, { entries: 0, keyBytes: 0, valueBytes: 0 });
  const repeated = new RepeatedEntries();
  const entries = (batch: readonly StateEntry[]): void => {
    throwIfStopped(options.signal);
    for (const entry of batch) {
      count(counts.get(entry.state)!, entry);
      repeated.add(entry);
    }
  };
  const damage: ErrorView[] = [];
  const notVerified: { address: string; why: string }[] = unreadable(savepoint);
  let streams = 0;
  let bytes = 0;
  for await (const { operator, stream, size, why, findings } of accountBytes(savepoint, {
    verifyKeyGroups: true,
    entries,
  })) {
    throwIfStopped(options.signal);
    streams++;
    bytes += size;
    if (options.progress !== undefined) options.progress.bytesDone += size;
    const address = placeOf(operator, stream);
    for (const each of why) notVerified.push({ address, why: each });
    // Sums do not add up behind an error; it alone says what is wrong.
    const errors = findings.filter(({ error }) => error !== undefined);
    for (const finding of errors.length > 0 ? errors : findings) {
      const known = finding.error !== undefined && NOT_OUR_FAULT.includes(finding.error.code);
      if (known) notVerified.push({ address, why: finding.error!.reason });
      else damage.push(errorView(errorOf(finding)));
    }
  }
  for (const [state, why] of repeated.notCompared) notVerified.push({ address: addressOf(state), why });
  return { streams, bytes, states: [...counts].map(verifiedState), damage, notVerified };
}

/** Entries as `stats` counts them: those of a map and elements of an operator list one each. */
function count(total: Count, { state, value, keyBytes, valueBytes, open }: StateEntry): void {
  const isMap = (state.kind === 'map' || state.kind === 'broadcast') && value instanceof MapValue;
  const isList = (state.kind === 'operator-list' || state.kind === 'union-list') && Array.isArray(value);
  total.entries += open === true ? 1 : isMap ? value.entries.length : isList ? value.length : 1;
  total.keyBytes += keyBytes;
  total.valueBytes += valueBytes;
}

function verifiedState([state, total]: [State, Count]): VerifiedState {
  const { operator, name, kind } = state;
  return { address: addressOf(state), operatorId: operator.id, name, kind, ...total };
}

function errorOf({ span, reason, error }: AccountFinding): StatewrightError {
  return error ?? new StatewrightError('BAD_VALUE', { span, kind: 'state stream', reason });
}

/** Streams that accounting leaves out. */
function unreadable({ operators }: Savepoint): { address: string; why: string }[] {
  return operators.flatMap((operator) =>
    operator.streams.filter(isLeftOut).map((stream) => ({
      address: placeOf(operator, stream),
      why: `entries in ${stream.format === 'rocksdb' ? "RocksDB's own files" : 'a changelog'} are not read by this release`,
    })),
  );
}

/** A stream, as it is called where it cannot be read. */
function placeOf({ uid, name, id }: Operator, { subtask }: StateStream): string {
  return `${uid ?? name ?? id}, subtask ${subtask}`;
}

function isLeftOut({ format }: StateStream): boolean {
  return format === 'rocksdb' || format === 'changelog';
}
