import {
  type Savepoint,
  type State,
  type StateScan,
  type StreamScan,
  skipScan,
} from '@statewright/savepoint';
import type { Describe } from '../describe.js';
import { addressOf } from '../names.js';
import { opaqueParts } from '../opaque-parts.js';
import { operatorNames } from '../schema-view.js';
import { typeText } from '../type-text.js';
import { Groups } from './groups.js';
import type { Distribution } from './histogram.js';
import { TOP_GROUPS } from './state-accumulator.js';
import type { StateStats } from './stats-views.js';
import type { Watching } from './watching.js';

type Lengths = StateScan['counts']['keyLengths'];

/** What the frames of one state say, over all its streams. */
interface Frames {
  readonly keyGroups: Groups;
  readonly subtasks: Groups;
  readonly keys: { lengths: Lengths | undefined; total: number };
  readonly values: { lengths: Lengths | undefined; total: number };
  count: number;
}

/**
 * Statistics of canonical states from their frames alone, at the speed of reading: nothing is decoded. Minimum and
 * maximum are as exact as the quantiles. A frame of a map is one of its entries. With `eachGroup` the bytes of every key
 * group are told.
 */
export async function framingStats(
  savepoint: Savepoint,
  states: readonly State[],
  describe: Describe,
  { progress, largest }: Watching,
  eachGroup = false,
): Promise<StateStats[]> {
  const frames = new Map(states.map((state) => [state, noFrames()]));
  const streams = [...new Set(states.flatMap(({ parts }) => parts.map(({ stream }) => stream)))];
  for await (const scan of skipScan(savepoint, streams)) {
    addScan(frames, scan);
    progress.finished(scan.stream);
    for (const [state, { values }] of frames) {
      const bytes = values.lengths?.quantile(1) ?? 0;
      largest.add(bytes, () => ({ address: addressOf(state), key: undefined }));
    }
  }
  return [...frames].map(([state, found]) => statsOf(state, found, describe, eachGroup));
}

function noFrames(): Frames {
  const none = () => ({ lengths: undefined, total: 0 });
  return { keyGroups: new Groups(), subtasks: new Groups(), keys: none(), values: none(), count: 0 };
}

function addScan(frames: ReadonlyMap<State, Frames>, { stream, states }: StreamScan): void {
  const first = stream.keyGroups?.start ?? 0;
  for (const { state, counts } of states) {
    const found = state === undefined ? undefined : frames.get(state);
    if (found === undefined) continue;
    for (const [i, entries] of counts.entries.entries()) {
      if (entries === 0) continue;
      const bytes = counts.keyBytes[i]! + counts.valueBytes[i]!;
      found.keyGroups.add(first + i, bytes, entries);
      found.subtasks.add(stream.subtask, bytes, entries);
      found.count += entries;
    }
    addLengths(found.keys, counts.keyLengths, counts.keyBytes);
    addLengths(found.values, counts.valueLengths, counts.valueBytes);
  }
}

function addLengths(into: Frames['keys'], lengths: Lengths, bytes: Float64Array): void {
  into.total += bytes.reduce((sum, each) => sum + each, 0);
  if (into.lengths === undefined) into.lengths = lengths;
  else into.lengths.merge(lengths);
}

function statsOf(state: State, frames: Frames, describe: Describe, eachGroup: boolean): StateStats {
  const type = describe(state.valueSerializer);
  const { keyGroups, subtasks, keys, values, count } = frames;
  const isMap = state.kind === 'map';
  const parts = opaqueParts(type, 'value');
  const whole = type.opaque !== undefined;
  const known = whole || parts.length === 0;
  return {
    operator: operatorNames(state.operator),
    name: state.name,
    kind: state.kind,
    address: addressOf(state),
    type: typeText(type),
    decoded: false,
    entries: isMap ? null : count,
    elements: isMap ? count : null,
    keyBytes: distribution(keys, count),
    valueBytes: distribution(values, count),
    elementsPerEntry: null,
    topKeys: [],
    largest: [],
    keyGroups: count === 0 ? null : keyGroups.keyGroups(state.operator.maxParallelism, TOP_GROUPS, eachGroup),
    subtasks: subtasks.list().map(({ group, ...rest }) => ({ subtask: group, ...rest })),
    ttl: null,
    timers: null,
    opaque: {
      bytes: known ? (whole ? values.total : 0) : null,
      share: known ? (whole ? 1 : 0) : null,
      parts,
    },
  };
}

/** A share so small that it means the first. */
const FIRST = Number.MIN_VALUE;

function distribution({ lengths, total }: Frames['keys'], count: number): Distribution | null {
  if (lengths === undefined || count === 0) return null;
  return {
    min: lengths.quantile(FIRST),
    max: lengths.quantile(1),
    mean: total / count,
    total,
    p50: lengths.quantile(0.5),
    p90: lengths.quantile(0.9),
    p99: lengths.quantile(0.99),
  };
}
