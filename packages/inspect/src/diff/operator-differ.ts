import {
  equalKeyGroups,
  type LeaveOut,
  readEntries,
  type State,
  type StateEntry,
} from '@statewright/savepoint';
import { isOperatorKind } from '../export/flat-entries.js';
import type { Scratch } from '../export/sorted-rows.js';
import { BroadcastDiffer } from './broadcast-differ.js';
import { pairingOf } from './comparable.js';
import type { DiffCounts, EntryChange } from './diff-views.js';
import { GroupReader, inKeyGroupOrder, type TakeEntry } from './group-reader.js';
import type { DiffSide, OperatorPair, StatePair } from './pair-states.js';
import { SameEntries } from './same-entries.js';
import type { Side } from './sorted-sides.js';
import { type DifferOptions, rowTypes, StateDiffer } from './state-differ.js';

/** What comparing the entries of a state has given. */
export interface StateResult {
  readonly counts: DiffCounts;
  readonly mapEntries: DiffCounts | null;
  readonly why: string | undefined;
  readonly leftOut: number;
}

/** What comparing an operator needs beside the options of its states. */
export interface OperatorDifferOptions extends DifferOptions {
  readonly scratch: Scratch;
  /** Decodes both sides of key groups that hold the same bytes, too. */
  readonly decodeAll: boolean;
  /** Told of the last entry that was read of each batch. */
  readonly reached: (side: Side, last: StateEntry) => void;
  /** Awaited after every batch that was read. */
  readonly pause: (() => Promise<void>) | undefined;
}

/** Map entries in one entry, at most. */
const MAP_PART = 1 << 12;
const ALL_KEY_GROUPS = { start: 0, end: Number.MAX_SAFE_INTEGER };

async function* paused<T>(
  batches: AsyncIterable<T>,
  pause: (() => Promise<void>) | undefined,
): AsyncGenerator<T> {
  for await (const batch of batches) {
    yield batch;
    await pause?.();
  }
}

/** What of a side is not decoded. */
interface Unread {
  readonly except?: ReadonlySet<number> | undefined;
  readonly leaveOut?: LeaveOut | undefined;
}

/** Compares the entries of an operator's states, all in one pass over each side. */
export class OperatorDiffer {
  readonly results = new Map<StatePair, StateResult>();
  /** Key groups that were read on one side only. */
  equalKeyGroups = 0;
  /** States that are being compared: they have no result yet. */
  private live: readonly StateDiffer[] = [];

  constructor(
    private readonly pair: OperatorPair,
    /** Those that both sides can read. */
    private readonly pairs: readonly StatePair[],
    private readonly options: OperatorDifferOptions,
  ) {}

  /** Changes that have been met so far, listed or not. */
  get changesSoFar(): number {
    const all = [...this.results.values(), ...this.live];
    return all.reduce((sum, { counts }) => sum + counts.added + counts.removed + counts.changed, 0);
  }

  /** The changes that are listed: keyed state by key group and key bytes, then operator state. */
  async *changes(): AsyncGenerator<readonly EntryChange[]> {
    const isKeyed = ({ old, new: now }: StatePair) => !isOperatorKind((now ?? old)!.kind);
    yield* this.keyedChanges(this.pairs.filter(isKeyed));
    yield* this.operatorChanges(this.pairs.filter((pair) => !isKeyed(pair)));
  }

  private async *keyedChanges(pairs: readonly StatePair[]): AsyncGenerator<readonly EntryChange[]> {
    if (pairs.length === 0) return;
    const { old, new: now } = this.pair;
    const { before, after } = this.options;
    const equal: ReadonlySet<number> =
      old === undefined || now === undefined || this.options.decodeAll
        ? new Set()
        : await equalKeyGroups(
            { savepoint: before.savepoint, operator: old },
            { savepoint: after.savepoint, operator: now },
          );
    this.equalKeyGroups = equal.size;
    const differs = this.differs(pairs);
    this.live = differs.list;
    const takers = { old: taker('old', differs, equal), new: taker('new', differs, equal) };
    const same = this.options.decodeAll
      ? undefined
      : new SameEntries(this.pair, differs.list, equal, this.options);
    const readers = {
      old: this.reader('old', pairs, { leaveOut: same?.leaveOut('old') }),
      new: this.reader('new', pairs, { except: equal, leaveOut: same?.leaveOut('new') }),
    };
    try {
      yield* this.inLockstep(pairs)
        ? joinedByGroup(readers, takers, differs.list)
        : joinedAsAWhole(readers, takers, differs.list);
    } finally {
      await readers.old.close();
      await readers.new.close();
      for (const differ of differs.list) await differ.discard();
    }
    this.live = [];
    for (const differ of differs.list) this.keep(differ);
  }

  private differs(pairs: readonly StatePair[]): Differs {
    const { scratch } = this.options;
    const budget = Math.max(1, Math.floor(scratch.budget / (2 * pairs.length)));
    const list = pairs.map((pair, i) => {
      const directory = `${scratch.directory}/state-${i}`;
      return new StateDiffer(pair, this.options, { ...scratch, budget, directory });
    });
    const byState = new Map<State, StateDiffer>();
    for (const differ of list) {
      for (const state of [differ.pair.old, differ.pair.new])
        if (state !== undefined) byState.set(state, differ);
    }
    return { list, byState };
  }

  /** Another number of key groups puts a key into another one: then keys are joined over all of them. */
  private inLockstep(pairs: readonly StatePair[]): boolean {
    const { old, new: now } = this.pair;
    if (old !== undefined && now !== undefined && old.maxParallelism !== now.maxParallelism) return false;
    return (
      (old === undefined || inKeyGroupOrder(old, statesOf('old', pairs))) &&
      (now === undefined || inKeyGroupOrder(now, statesOf('new', pairs)))
    );
  }

  private reader(side: Side, pairs: readonly StatePair[], { except, leaveOut }: Unread = {}): GroupReader {
    const { savepoint } = this.sideOf(side);
    const keyGroups = { ...ALL_KEY_GROUPS, except };
    const options = { keyGroups, maxMapEntries: MAP_PART, leaveOut };
    const entries = readEntries(savepoint, statesOf(side, pairs), options);
    return new GroupReader(paused(entries, this.options.pause), (last) => this.options.reached(side, last));
  }

  private sideOf(side: Side): DiffSide {
    return side === 'old' ? this.options.before : this.options.after;
  }

  private keep({ pair, why, leftOut, ...differ }: StateDiffer): void {
    const counts = differ.counts.result();
    const mapEntries = differ.mapEntries?.result() ?? null;
    this.results.set(pair, { counts, mapEntries, why, leftOut });
  }

  private async *operatorChanges(pairs: readonly StatePair[]): AsyncGenerator<readonly EntryChange[]> {
    for (const [i, pair] of pairs.entries()) {
      const isBroadcast = (pair.new ?? pair.old)!.kind === 'broadcast';
      const counted = pairingOf(pair, this.options.before, this.options.after).how === 'counted';
      if (isBroadcast && !counted) yield await this.broadcastChanges(pair);
      else yield* this.elementChanges(pair, i);
    }
  }

  private async broadcastChanges(pair: StatePair): Promise<readonly EntryChange[]> {
    const differ = new BroadcastDiffer(pair, rowTypes(pair, this.options), this.options.limit);
    for (const side of ['old', 'new'] as const) {
      await this.reader(side, [pair]).takeAll((entry) => {
        differ.take(side, entry);
        return undefined;
      });
    }
    const changes = differ.changes();
    const { leftOut } = differ;
    this.results.set(pair, { counts: differ.counts.result(), mapEntries: null, why: undefined, leftOut });
    return changes;
  }

  private async *elementChanges(pair: StatePair, number: number): AsyncGenerator<readonly EntryChange[]> {
    const { scratch } = this.options;
    const own = { ...scratch, directory: `${scratch.directory}/list-${number}` };
    const differ = new StateDiffer(pair, this.options, { ...own, budget: Math.ceil(scratch.budget / 2) });
    try {
      for (const side of ['old', 'new'] as const) {
        await this.reader(side, [pair]).takeAll((entry) =>
          differ.take(side, entry) ? differ.spill(side) : undefined,
        );
      }
      yield* differ.join();
    } finally {
      await differ.discard();
    }
    this.keep(differ);
  }
}

interface Differs {
  readonly list: readonly StateDiffer[];
  readonly byState: ReadonlyMap<State, StateDiffer>;
}

type PerSide<T> = { readonly [side in Side]: T };

function statesOf(side: Side, pairs: readonly StatePair[]): State[] {
  return pairs.flatMap((pair) => pair[side] ?? []);
}

/** Hands entries to the differ of their state; the old side's of equal key groups stand for both. */
function taker(side: Side, { byState }: Differs, equal: ReadonlySet<number>): TakeEntry {
  return (entry) => {
    const differ = byState.get(entry.state)!;
    if (side === 'old' && equal.has(entry.keyGroup!)) {
      differ.takeUnchanged(entry);
      return undefined;
    }
    return differ.take(side, entry) ? differ.spill(side) : undefined;
  };
}

async function* joinedByGroup(
  readers: PerSide<GroupReader>,
  takers: PerSide<TakeEntry>,
  differs: readonly StateDiffer[],
): AsyncGenerator<readonly EntryChange[]> {
  for (;;) {
    const [a, b] = [await readers.old.keyGroup(), await readers.new.keyGroup()];
    if (a === undefined && b === undefined) return;
    const keyGroup = Math.min(a ?? Number.POSITIVE_INFINITY, b ?? Number.POSITIVE_INFINITY);
    await readers.old.takeGroup(keyGroup, takers.old);
    await readers.new.takeGroup(keyGroup, takers.new);
    for (const differ of differs) yield* differ.join();
  }
}

async function* joinedAsAWhole(
  readers: PerSide<GroupReader>,
  takers: PerSide<TakeEntry>,
  differs: readonly StateDiffer[],
): AsyncGenerator<readonly EntryChange[]> {
  await readers.old.takeAll(takers.old);
  await readers.new.takeAll(takers.new);
  for (const differ of differs) yield* differ.join();
}
