import type { State, StateEntry } from '@statewright/savepoint';
import { MapValue, type TypeDescription } from '@statewright/serializers';
import type { Scratch } from '../export/sorted-rows.js';
import { innerSerializers } from '../state-serializers.js';
import { formOf, type Pairing, pairingOf, sameSnapshot } from './comparable.js';
import { Counter } from './counts.js';
import type { DiffCounts, EntryChange } from './diff-views.js';
import { changeHead } from './entry-change.js';
import { areExact } from './exact-types.js';
import type { SideTypes } from './field-changes.js';
import { joinEntries } from './join-entries.js';
import { joinMaps } from './join-maps.js';
import type { KeyLayout } from './key-layout.js';
import type { DiffSide, StatePair } from './pair-states.js';
import type { RowCursor } from './row-cursor.js';
import { noRows, type Side, SortedSide } from './sorted-sides.js';

/** How states are compared. */
export interface DifferOptions {
  readonly before: DiffSide;
  readonly after: DiffSide;
  readonly ttl: boolean;
  /** Changes listed of each state, at most. */
  readonly limit: number;
}

const OPEN = 'a value without a known end hides what follows it in its key group';
const NO_TIMERS = 'the queue holds elements that are no timers, and nothing tells what is in them';
const UNDECIDED = 'some values are explained by the serializers of one side and not by those of the other';

/**
 * Compares one state: takes the entries of both sides in any order, and at the end of a key group, when all are there, joins
 * them. Entries of operator lists are their elements.
 */
export class StateDiffer {
  /** Entries; of operator lists, elements. */
  readonly counts = new Counter();
  readonly mapEntries: Counter | undefined;
  why: string | undefined;
  /** Changes that were counted and not listed. */
  leftOut = 0;
  private listed = 0;
  readonly pairing: Pairing;
  private readonly sides: { readonly [side in Side]: SortedSide | undefined };
  /** Since the last join: entries by side, and why they cannot be told apart. */
  private pending: Pending = { old: 0, new: 0, hidden: undefined };

  constructor(
    readonly pair: StatePair,
    private readonly options: DifferOptions,
    scratch: Scratch,
  ) {
    const { before, after } = options;
    this.pairing = pairingOf(pair, before, after);
    if (this.pairing.how === 'counted') this.why = this.pairing.why;
    this.mapEntries = [pair.old, pair.new].some((state) => state?.kind === 'map') ? new Counter() : undefined;
    this.sides = { old: this.sortedSide('old', scratch), new: this.sortedSide('new', scratch) };
  }

  private sortedSide(side: Side, scratch: Scratch): SortedSide | undefined {
    const state = this.pair[side];
    const layout = this.layoutOf(side);
    if (state === undefined || layout === undefined) return undefined;
    const directory = `${scratch.directory}/${side}`;
    return new SortedSide(formOf(state), layout, { ...scratch, directory });
  }

  private layoutOf(side: Side): KeyLayout | undefined {
    if (this.pairing.how === 'counted') return undefined;
    return this.pairing.how === 'joined' ? this.pairing.layout : this.pairing[side];
  }

  /** Takes an entry. True when `spill` must be awaited. */
  take(side: Side, entry: StateEntry): boolean {
    if (entry.continues !== true) this.pending[side] += unitsOf(entry);
    this.pending.hidden ??= hiddenBy(entry);
    if (this.pending.hidden !== undefined) return false;
    return this.sides[side]?.add(entry) ?? false;
  }

  /** An entry of a key group that has the same bytes on both sides. */
  takeUnchanged(entry: StateEntry): void {
    if (entry.continues !== true) this.counts.unchanged++;
    if (this.mapEntries !== undefined && entry.value instanceof MapValue) {
      this.mapEntries.unchanged += entry.value.entries.length;
    }
  }

  /** Entries that have the same bytes on both sides, and of maps the entries in them. */
  countUnchanged(entries: number, mapEntries: number): void {
    this.counts.unchanged += entries;
    if (this.mapEntries !== undefined) this.mapEntries.unchanged += mapEntries;
  }

  async spill(side: Side): Promise<void> {
    await this.sides[side]?.spill();
  }

  /** Joins what was taken since the last time, and gives the changes that are listed. */
  async *join(): AsyncGenerator<readonly EntryChange[]> {
    const { pending } = this;
    this.pending = { old: 0, new: 0, hidden: undefined };
    if (pending.old === 0 && pending.new === 0) return;
    if (pending.hidden !== undefined) this.why = pending.hidden;
    if (pending.hidden !== undefined || this.pairing.how === 'counted') {
      this.counts.oldNotCompared += pending.old;
      this.counts.newNotCompared += pending.new;
    } else if (this.pairing.how === 'joined') {
      yield* this.joined('new', this.cursor('old'), this.cursor('new'));
    } else {
      if (pending.old > 0) yield* this.joined('old', this.cursor('old'), noRows());
      if (pending.new > 0) yield* this.joined('new', noRows(), this.cursor('new'));
    }
    await this.discard();
  }

  private cursor(side: Side): RowCursor {
    return this.sides[side]?.cursor() ?? noRows();
  }

  private joined(side: Side, old: RowCursor, now: RowCursor): AsyncGenerator<readonly EntryChange[]> {
    const state = this.pair[side]!;
    const types = rowTypes(this.pair, this.options);
    const shared = {
      head: changeHead(this.pair, state),
      layout: this.layoutOf(side)!,
      types,
      exact: areExact(types),
      ttl: this.options.ttl,
      counts: this.counts,
      lists: () => this.mayList(),
      undecided: () => {
        this.why = UNDECIDED;
      },
    };
    const form = formOf(state);
    if (form === 'map') return joinMaps({ ...shared, mapEntries: this.mapEntries! }, old, now);
    const simple = form === 'timer' || form === 'elements' ? form : 'plain';
    return joinEntries({ ...shared, form: simple }, old, now);
  }

  private mayList(): boolean {
    if (this.listed >= this.options.limit) {
      this.leftOut++;
      return false;
    }
    this.listed++;
    return true;
  }

  async discard(): Promise<void> {
    await this.sides.old?.discard();
    await this.sides.new?.discard();
  }

  result(): { readonly counts: DiffCounts; readonly mapEntries: DiffCounts | null } {
    return { counts: this.counts.result(), mapEntries: this.mapEntries?.result() ?? null };
  }
}

interface Pending {
  old: number;
  new: number;
  hidden: string | undefined;
}

/** Why an entry leaves its key group undecided. */
function hiddenBy({ open, state, value }: StateEntry): string | undefined {
  if (open === true) return OPEN;
  return state.kind === 'timer' && typeof value !== 'bigint' ? NO_TIMERS : undefined;
}

/** Entries that an entry counts as: of operator lists, its elements; of broadcast state, those of its map. */
function unitsOf({ state, value }: StateEntry): number {
  const form = formOf(state);
  if (form === 'elements' && Array.isArray(value)) return value.length;
  return form === 'broadcast' && value instanceof MapValue ? value.entries.length : 1;
}

/** The types of what a pair's rows hold. */
export function rowTypes({ old, new: now }: StatePair, { before, after }: DifferOptions): SideTypes {
  const types = { old: rowType(old, before), new: rowType(now, after) };
  if (old === undefined || now === undefined) return { ...types, sameWriter: 'no' };
  const [a, b] = [old.valueSerializer, now.valueSerializer];
  // Flink 2.0 took Kryo 5, whose bytes are not those of Kryo 2.
  if (kryoOf(before) !== kryoOf(after)) return { ...types, sameWriter: 'no' };
  const same = sameSnapshot(a, before.savepoint.formats, b, after.savepoint.formats);
  return { ...types, sameWriter: same ? 'yes' : 'where-types-are-the-same' };
}

function kryoOf({ savepoint }: DiffSide): number {
  return Number.parseInt(savepoint.flinkVersions[1], 10) < 2 ? 2 : 5;
}

function rowType(state: State | undefined, { describe }: DiffSide): TypeDescription | undefined {
  if (state === undefined) return undefined;
  if (formOf(state) !== 'map' && formOf(state) !== 'broadcast') return describe(state.valueSerializer);
  const { element } = innerSerializers(state);
  return element === undefined ? undefined : describe(element);
}
