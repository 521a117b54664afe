import type { FileWriter } from '@statewright/bytes';
import { describeSerializer, type SerializerSnapshot, type SnapshotFormat } from '@statewright/serializers';
import { CodecCache } from '../entries/codec-cache.js';
import { Tally } from '../entries/read-context.js';
import { streamEntries } from '../entries/read-entries.js';
import { planState, type StatePlan } from '../entries/state-plan.js';
import { keyGroupPrefixBytes } from '../key-groups.js';
import type { Operator, Savepoint, State, StateEntry, StateStream } from '../model.js';
import { streamBytes } from '../stream-bytes.js';
import { EntryChanging } from './entry-changing.js';
import { asStreamState, cannotRewrite, type NewState } from './new-state.js';
import type { NewEntry, StateRewrite } from './rewrite.js';
import { type SpillState, SpillWriter } from './spill-writer.js';
import { rewriteCanonical } from './write-canonical.js';
import { stateAt } from './write-stream.js';

/** The states that entries are sorted for. */
export interface SpillTarget {
  readonly maxParallelism: number;
  /** By new state id. */
  readonly states: readonly SpillTargetState[];
}

/** A state of the new stream, and how the key groups of its entries are found. */
export interface SpillTargetState {
  readonly state: NewState;
  /** Whether keys are hashed; otherwise they stay in their key groups. */
  readonly hashed: boolean;
  /** Whether the old key groups tell that hashes are right: not where keys become others. */
  readonly checked: boolean;
}

/** Entries of one old stream, or from outside. */
export type SpillSource =
  | {
      readonly type: 'stream';
      readonly operator: Operator;
      readonly stream: StateStream;
      /** By state id: what becomes of it, once for each new state that it goes into. */
      readonly states: readonly (readonly StateRewrite[])[];
    }
  | {
      readonly type: 'load';
      readonly entries: AsyncIterable<readonly NewEntry[]>;
      readonly rewrite: StateRewrite;
    };

/** Where runs are written, with how much memory. */
export interface SpillOutput {
  create(run: number): Promise<FileWriter>;
  /** Memory that sorting may take, in bytes. */
  readonly sortBytes: number;
  progress(bytes: number): void;
}

/**
 * Sorts the entries of one source by their new key groups and states into runs, see `RunWriter`. They are encoded as
 * canonical streams have them, whatever the source. NOT_SUPPORTED for keys whose hash code their bytes do not tell.
 */
export async function spillKeyed(
  savepoint: Savepoint,
  source: SpillSource,
  target: SpillTarget,
  output: SpillOutput,
): Promise<void> {
  const codecs = new CodecCache(savepoint.formats);
  const plans = target.states.map(({ state }) => targetPlan(state, codecs));
  const from = source.type === 'stream' ? source.operator.maxParallelism : undefined;
  const states = target.states.map((each, id) => spillState(each, plans[id]!, from, savepoint.formats));
  const prefix = keyGroupPrefixBytes(from ?? target.maxParallelism);
  const writer = new SpillWriter(states, target.maxParallelism, prefix, output.sortBytes, (run) =>
    output.create(run),
  );
  if (source.type === 'load') await spillLoaded(source, plans, writer);
  else if (source.stream.format === 'canonical')
    await spillCanonical(savepoint, source, codecs, writer, output);
  else await spillEntries(savepoint, source, plans, writer, output);
  await writer.flush();
}

const NOWHERE = { file: '', start: 0, end: 0 };

/** The plan that entries of a new state are written with. */
export function targetPlan(state: NewState, codecs: CodecCache): StatePlan {
  const as = asStreamState(state, NOWHERE);
  return planState({ ...as, parts: [], operator: undefined } as unknown as State, as, codecs);
}

const TIMESTAMP = 8;

function spillState(
  { state, hashed, checked }: SpillTargetState,
  plan: StatePlan,
  from: number | undefined,
  formats: readonly SnapshotFormat[],
): SpillState {
  const timer = plan.shape === 'timer';
  const serializer = timer ? state.valueSerializer.nested[0] : state.keySerializer;
  return {
    name: state.name,
    key: plan.key,
    keyClass: serializer === undefined ? 'no serializer' : classOf(serializer, formats),
    keyAt: timer ? TIMESTAMP : 0,
    hashed,
    check: checked ? from : undefined,
  };
}

/** The class of a key as a person knows it: of the values where the snapshot tells it. */
function classOf(serializer: SerializerSnapshot, formats: readonly SnapshotFormat[]): string {
  const { class: name, type } = describeSerializer(serializer, formats);
  return name ?? type;
}

type StreamSource = Extract<SpillSource, { type: 'stream' }>;

async function spillCanonical(
  savepoint: Savepoint,
  { operator, stream, states }: StreamSource,
  codecs: CodecCache,
  writer: SpillWriter,
  output: SpillOutput,
): Promise<void> {
  if (stream.problem !== undefined) {
    const reason = `the header of subtask ${stream.subtask} cannot be read to its end (${stream.problem}), so that its entries cannot be told apart`;
    throw cannotRewrite(reason, 'give the missing snapshot format with --snapshot');
  }
  const { formats, fs, location } = savepoint;
  const { file } = streamBytes(fs, location, stream.ref);
  const named = states.map((rewrites, id) => ({ state: stateAt(operator, stream, id), rewrites }));
  const { maxParallelism } = operator;
  const source = { stream, file, states: named, codecs, formats, maxParallelism };
  await rewriteCanonical(savepoint, source, writer, undefined, (bytes) => output.progress(bytes));
}

/** Entries of streams that are not canonical, one by one. */
async function spillEntries(
  savepoint: Savepoint,
  { operator, stream, states }: StreamSource,
  plans: readonly StatePlan[],
  writer: SpillWriter,
  output: SpillOutput,
): Promise<void> {
  const own = states.flatMap((rewrites) => rewrites.flatMap(({ formats }) => formats ?? []));
  const codecs = new CodecCache([...savepoint.formats, ...own]);
  const changes = new Map<State, readonly { rewrite: StateRewrite; changing: EntryChanging | undefined }[]>();
  for (const [id, rewrites] of states.entries()) {
    const changing = rewrites.map((rewrite) => {
      const plan = plans[rewrite.targetId];
      return { rewrite, changing: plan && new EntryChanging(asEntries(rewrite), plan, writer) };
    });
    changes.set(stateAt(operator, stream, id), changing);
  }
  const batches = streamEntries(savepoint, operator, stream, codecs, new Tally());
  for await (const batch of batches) {
    for (const entry of batch) {
      if (entry.open === true) throw withoutEnd(entry);
      writer.beginGroup(entry.keyGroup ?? 0);
      for (const { rewrite, changing } of changes.get(entry.state)!) {
        rewrite.counts.entriesIn++;
        rewrite.counts.bytesIn += entry.keyBytes + entry.valueBytes;
        changing?.change(entry);
      }
    }
    if (writer.isFull) await writer.flush();
  }
  output.progress(stream.ref.size);
}

/** A rewrite without changes, entry by entry. */
function asEntries(rewrite: StateRewrite): StateRewrite {
  return rewrite.entries === undefined ? { ...rewrite, entries: (entry) => [entry] } : rewrite;
}

function withoutEnd({ state }: StateEntry): Error {
  const reason = `state ${JSON.stringify(state.name)} lies at or behind a value whose end nothing tells in the heap's format`;
  return cannotRewrite(reason, 'take a savepoint in canonical format and migrate that one');
}

async function spillLoaded(
  { entries, rewrite }: Extract<SpillSource, { type: 'load' }>,
  plans: readonly StatePlan[],
  writer: SpillWriter,
): Promise<void> {
  const changing = new EntryChanging(rewrite, plans[rewrite.targetId]!, writer);
  for await (const batch of entries) {
    for (const entry of batch) {
      rewrite.counts.entriesIn++;
      changing.put(entry);
    }
    if (writer.isFull) await writer.flush();
  }
}
