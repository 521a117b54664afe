import { type ErrorCode, type FileSystem, StatewrightError } from '@statewright/bytes';
import { snapshotDirectories } from '../find-snapshot.js';
import type { Operator, Savepoint, State } from '../model.js';
import { operatorIdOfUid } from '../operator-id.js';
import { isBelow } from '../paths.js';
import { realDirectories, realTarget } from '../real-paths.js';

/** A state and the name it is to get. */
export interface StateRename {
  readonly state: State;
  readonly to: string;
}

/** An operator and the uid it is to get. */
export interface OperatorRename {
  readonly operator: Operator;
  readonly uid: string;
}

/** States and operators to be renamed. */
export interface Renames {
  readonly states?: readonly StateRename[];
  readonly operators?: readonly OperatorRename[];
}

function refuse(code: ErrorCode, kind: string, reason: string, next?: string): StatewrightError {
  return new StatewrightError(code, { kind, reason, next });
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** Throws unless every rename can be done and leaves no two things with one name. */
export function checkRenames(savepoint: Savepoint, renames: Renames): void {
  const { states = [], operators = [] } = renames;
  if (states.length + operators.length === 0) throw refuse('USAGE', 'rename', 'there is nothing to rename');
  for (const rename of states) checkState(rename);
  checkOnce(states.map(({ state }) => state));
  checkOnce(operators.map(({ operator }) => operator));
  for (const operator of savepoint.operators) checkNames(operator, states);
  for (const { uid } of operators)
    if (uid === '') throw refuse('USAGE', 'operator uid', 'the new uid is empty');
  checkIds(savepoint, operators);
}

function checkOnce(things: readonly object[]): void {
  if (new Set(things).size < things.length) throw refuse('USAGE', 'rename', 'one thing is renamed twice');
}

const NAMES_ARE_ELSEWHERE: readonly string[] = ['rocksdb', 'changelog'];

function checkState({ state, to }: StateRename): void {
  if (to === '') throw refuse('USAGE', 'state name', 'the new name is empty');
  if (state.kind === 'timer') {
    const reason = `${quote(state.name)} is a timer queue, whose name Flink makes from that of its timer service`;
    throw refuse('NOT_SUPPORTED', 'state', reason);
  }
  const part = state.parts.find(({ stream }) => NAMES_ARE_ELSEWHERE.includes(stream.format));
  if (part === undefined) return;
  const where = part.stream.format === 'rocksdb' ? "RocksDB's own files" : 'a changelog';
  const reason = `the name of ${quote(state.name)} also stands in ${where}, which this release does not write`;
  throw refuse('NOT_SUPPORTED', 'state', reason, 'take a savepoint in canonical format and rename there');
}

/** Keyed state, timers and operator state have names of their own; list, union and broadcast state share theirs. */
export function nameSpace(state: State): 'timer' | 'operator' | 'keyed' {
  if (state.kind === 'timer') return 'timer';
  return state.parts.some(({ stream }) => stream.format === 'operator') ? 'operator' : 'keyed';
}

function checkNames(operator: Operator, renames: readonly StateRename[]): void {
  const taken = new Map<string, State>();
  for (const state of operator.states) {
    const name = renames.find((each) => each.state === state)?.to ?? state.name;
    const key = `${nameSpace(state)}:${name}`;
    const other = taken.get(key);
    if (other !== undefined) {
      const reason = `${quote(state.name)} and ${quote(other.name)} of operator ${operator.id} would both be called ${quote(name)}`;
      throw refuse('ALREADY_EXISTS', 'state name', reason);
    }
    taken.set(key, state);
  }
}

function checkIds(savepoint: Savepoint, renames: readonly OperatorRename[]): void {
  const taken = new Map<string, Operator>();
  for (const operator of savepoint.operators) {
    const uid = renames.find((each) => each.operator === operator)?.uid;
    const id = uid === undefined ? operator.id : operatorIdOfUid(uid);
    const other = taken.get(id);
    if (other !== undefined) {
      const reason = `operators ${operator.id} and ${other.id} would both have the id ${id}`;
      throw refuse('ALREADY_EXISTS', 'operator uid', reason);
    }
    taken.set(id, operator);
  }
}

/** Throws when the new snapshot would lie in the old one, also by way of symbolic links. */
export async function checkOutput(
  { fs, location }: Savepoint,
  directory: string,
  target: FileSystem,
): Promise<void> {
  const roots = snapshotDirectories(location.directory);
  const real = await realTarget(target, directory);
  const own =
    roots.find((root) => root === directory || isBelow(root, directory)) ??
    (await realDirectories(fs, roots)).find((root) => root === real || isBelow(root, real));
  if (own === undefined) return;
  const reason = `the output ${quote(directory)} lies in the snapshot ${quote(own)}, which is never written to`;
  throw refuse('USAGE', 'output directory', reason, 'choose a directory outside it');
}

/** Throws for what cannot be copied with its meaning. */
export function checkCopyable(savepoint: Savepoint, dropInFlight: boolean): void {
  for (const operator of savepoint.operators) {
    const { handles, bytes } = operator.channelState;
    if (handles > 0 && !dropInFlight) {
      const reason = `operator ${operator.id} holds ${bytes} bytes of in-flight records in ${handles} channels`;
      const next = 'take an aligned savepoint, or drop the records';
      throw refuse('NOT_SUPPORTED', 'channel state', reason, next);
    }
    for (const stream of operator.streams) {
      if (stream.format === 'changelog') {
        const reason = `operator ${operator.id} has a changelog, which this release does not write`;
        throw refuse('NOT_SUPPORTED', 'changelog state', reason);
      }
      if (stream.format === 'rocksdb' && savepoint.snapshotType !== 'savepoint') {
        const reason = `operator ${operator.id} shares RocksDB files with other checkpoints of its job`;
        const next = 'take a savepoint and rename there';
        throw refuse('NOT_SUPPORTED', 'incremental checkpoint', reason, next);
      }
    }
  }
}
