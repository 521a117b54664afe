import type { State } from '@statewright/savepoint';
import type { Describe } from '../describe.js';
import { addressOf } from '../names.js';
import { opaqueParts } from '../opaque-parts.js';
import { operatorNames } from '../schema-view.js';
import { typeText } from '../type-text.js';
import { Groups } from './groups.js';
import { Histogram } from './histogram.js';
import type { Measured } from './measured.js';
import type { OpaqueStats, StateStats, TopEntry } from './stats-views.js';
import { TimerBuckets } from './timer-buckets.js';
import { TopN } from './top-n.js';
import { TtlTimes } from './ttl-times.js';

export interface AccumulatorOptions {
  readonly top: number;
  readonly atMillis: number;
  readonly ttlMillis: number | undefined;
  /** What histograms are drawn from: octaves of distributions, bytes of each key group, ages of TTL values. */
  readonly histograms: boolean;
}

/** Key groups that are listed. */
export const TOP_GROUPS = 5;

/** Statistics of one state: some 100 kB, whatever the number of its entries. */
export class StateAccumulator {
  private readonly keyBytes = new Histogram();
  private readonly valueBytes = new Histogram();
  private readonly elements = new Histogram();
  private readonly topKeys: TopN<TopEntry>;
  private readonly largest: TopN<TopEntry>;
  private readonly keyGroups = new Groups();
  private readonly subtasks = new Groups();
  private readonly ttl: TtlTimes | undefined;
  private readonly timers: TimerBuckets | undefined;
  private opaqueBytes = 0;

  constructor(
    private readonly state: State,
    private readonly describe: Describe,
    private readonly options: AccumulatorOptions,
  ) {
    this.topKeys = new TopN(options.top);
    this.largest = new TopN(options.top);
    this.ttl = state.ttl ? new TtlTimes(options.atMillis, options.ttlMillis) : undefined;
    this.timers = state.kind === 'timer' ? new TimerBuckets(options.atMillis) : undefined;
  }

  /** Takes one entry; `label` gives its key and namespace as JSON and is only called for entries that stand out. */
  add(entry: Measured, label: () => { readonly key: unknown; readonly namespace: unknown }): void {
    const bytes = entry.keyBytes + entry.valueBytes;
    this.keyBytes.add(entry.keyBytes);
    this.valueBytes.add(entry.valueBytes);
    if (entry.elements !== undefined) this.elements.add(entry.elements);
    if (entry.keyGroup !== undefined) this.keyGroups.add(entry.keyGroup, bytes);
    this.subtasks.add(entry.subtask, bytes);
    if (entry.dueMillis !== undefined) this.timers?.add(entry.dueMillis);
    this.opaqueBytes += entry.opaqueBytes;
    if (entry.keyGroup !== undefined && this.topKeys.wants(bytes))
      this.topKeys.add(bytes, topEntry(entry, bytes, label()));
    const { elements } = entry;
    if (elements !== undefined && this.largest.wants(elements)) {
      this.largest.add(elements, topEntry(entry, bytes, label()));
    }
  }

  /** Takes the times of last access of an entry, or of a part of it. */
  addTimes(times: bigint | readonly bigint[]): void {
    this.ttl?.add(times);
  }

  result(): StateStats {
    const { state } = this;
    const type = this.describe(state.valueSerializer);
    const keyed = this.keyGroups.list().length > 0;
    const { histograms } = this.options;
    const elements = this.elements.distribution(histograms) ?? null;
    return {
      operator: operatorNames(state.operator),
      name: state.name,
      kind: state.kind,
      address: addressOf(state),
      type: typeText(type),
      decoded: true,
      entries: this.keyBytes.count,
      elements: elements?.total ?? null,
      keyBytes: this.keyBytes.distribution(histograms) ?? null,
      valueBytes: this.valueBytes.distribution(histograms) ?? null,
      elementsPerEntry: elements,
      topKeys: this.topKeys.list(),
      largest: this.largest.list(),
      keyGroups: keyed
        ? this.keyGroups.keyGroups(state.operator.maxParallelism, TOP_GROUPS, histograms)
        : null,
      subtasks: this.subtasks.list().map(({ group, ...rest }) => ({ subtask: group, ...rest })),
      ttl: this.ttl?.result(histograms) ?? null,
      timers: this.timers?.result() ?? null,
      opaque: this.opaque(),
    };
  }

  private opaque(): OpaqueStats {
    const type = this.describe(this.state.valueSerializer);
    const parts = opaqueParts(type, 'value');
    const { total } = this.valueBytes;
    return { bytes: this.opaqueBytes, share: total > 0 ? this.opaqueBytes / total : null, parts };
  }
}

function topEntry(
  entry: Measured,
  bytes: number,
  label: { readonly key: unknown; readonly namespace: unknown },
): TopEntry {
  return {
    ...label,
    keyGroup: entry.keyGroup ?? null,
    subtask: entry.subtask,
    bytes,
    elements: entry.elements ?? null,
  };
}
