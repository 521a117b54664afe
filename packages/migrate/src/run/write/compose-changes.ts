import type { NewEntry, StateEntry, StateKind, ValueRewrite } from '@statewright/savepoint';
import { MapValue } from '@statewright/serializers';
import type {
  Convert,
  EntriesChange,
  EntryChange,
  EntryConverters,
  MigratedEntry,
  ValuesChange,
} from '../../job/entry-change.js';
import { SKIP_ENTRY } from '../../job/entry-change.js';
import type { StateTallying } from './tallies.js';

/** The changes of a feed as the writer makes them: parts of each entry, or whole entries. */
export interface Composed {
  readonly values?: ValueRewrite | undefined;
  readonly entries?: ((entry: StateEntry) => readonly NewEntry[]) | undefined;
}

/** Whether the entries of a feed with these changes keep all their bytes. */
export function keepsBytes(changes: readonly EntryChange[]): boolean {
  return changes.every((change) => change.type === 'values' && change.keepsBytes === true);
}

/** Makes one function, or one for each part, out of changes that come one after the other. `from` is the state's kind before them;
 * `whole`: entries are wanted whole, since the stream they lie in has no parts to be changed. */
export function composeChanges(
  changes: readonly EntryChange[],
  from: StateKind,
  tally: StateTallying,
  whole = false,
): Composed {
  if (keepsBytes(changes)) return {};
  if (!whole && changes.every((change) => change.type === 'values'))
    return { values: composeValues(changes, tally) };
  return { entries: composeEntries(changes, from, tally) };
}

const PARTS = ['element', 'userKey', 'key', 'namespace'] as const;

function composeValues(changes: readonly ValuesChange[], tally: StateTallying): ValueRewrite {
  const opened = changes.map((change) => ({
    step: change.step,
    converters: change.open(tally.reportOf(change.step)),
  }));
  const several = new Set(changes.map(({ step }) => step)).size > 1;
  tally.step = changes[0]!.step;
  const rewrite: { -readonly [part in keyof ValueRewrite]: Convert } = {};
  for (const part of PARTS) {
    const steps = opened.flatMap(({ step, converters }) => {
      const convert = converters[part];
      return convert === undefined ? [] : [{ step, convert }];
    });
    if (steps.length === 1 && !several) rewrite[part] = steps[0]!.convert;
    else if (steps.length > 0) rewrite[part] = inTurn(steps, tally);
  }
  return rewrite;
}

function inTurn(
  steps: readonly { readonly step: number; readonly convert: Convert }[],
  tally: StateTallying,
): Convert {
  return (value) => {
    let now = value;
    for (const { step, convert } of steps) {
      tally.step = step;
      now = convert(now);
    }
    return now;
  };
}

type Change = (entry: MigratedEntry) => readonly MigratedEntry[];

function composeEntries(
  changes: readonly EntryChange[],
  from: StateKind,
  tally: StateTallying,
): (entry: StateEntry) => readonly NewEntry[] {
  let kind = from;
  const steps = changes.map((change) => {
    const run = change.type === 'values' ? valuesChange(change, kind, tally) : opened(change, tally);
    if (change.type === 'entries') kind = change.to ?? kind;
    return { step: change.step, run };
  });
  return (entry) => {
    let entries: readonly MigratedEntry[] = [entry];
    for (const { step, run } of steps) {
      tally.step = step;
      entries = entries.length === 1 ? run(entries[0]!) : entries.flatMap((each) => run(each));
    }
    return entries;
  };
}

function opened(change: EntriesChange, tally: StateTallying): Change {
  return change.open(tally.reportOf(change.step));
}

/** Changes of parts, made on a whole entry. */
function valuesChange(change: ValuesChange, kind: StateKind, tally: StateTallying): Change {
  const converters = change.open(tally.reportOf(change.step));
  return (entry) => {
    const { key, namespace } = converters;
    const now = {
      ...entry,
      key: key === undefined ? entry.key : key(entry.key),
      namespace: namespace === undefined ? entry.namespace : namespace(entry.namespace),
      ...changedValue(entry, kind, converters),
    };
    return isLeftOut(now) ? [] : [now];
  };
}

/** A list or map of which nothing is left. */
function isLeftOut({ value }: MigratedEntry): boolean {
  return value === SKIP_ENTRY;
}

type ValueAndTtl = Pick<MigratedEntry, 'value' | 'ttl'>;

function changedValue(
  { value, ttl }: MigratedEntry,
  kind: StateKind,
  { element, userKey }: EntryConverters,
): ValueAndTtl {
  if (kind === 'timer') return { value, ttl };
  const times = Array.isArray(ttl) ? ttl : undefined;
  if (isListKind(kind) && Array.isArray(value)) {
    if (element === undefined) return { value, ttl };
    return kept(value, times, ttl, element, (values) => values);
  }
  if ((kind === 'map' || kind === 'broadcast') && value instanceof MapValue) {
    const convert = (pair: unknown): unknown => {
      const [k, v] = pair as readonly [unknown, unknown];
      const changed = element === undefined || v === null ? v : element(v);
      return [userKey === undefined ? k : userKey(k), changed];
    };
    return kept(value.entries, times, ttl, convert, (pairs) => new MapValue(pairs as [unknown, unknown][]));
  }
  return { value: element === undefined ? value : element(value), ttl };
}

function isListKind(kind: StateKind): boolean {
  return kind === 'list' || kind === 'operator-list' || kind === 'union-list';
}

/** The parts that are not left out, in their new form, with their times. */
function kept(
  parts: readonly unknown[],
  times: readonly bigint[] | undefined,
  ttl: MigratedEntry['ttl'],
  convert: Convert,
  finish: (parts: unknown[]) => unknown,
): ValueAndTtl {
  const values: unknown[] = [];
  const left: bigint[] = [];
  for (const [i, part] of parts.entries()) {
    try {
      values.push(convert(part));
    } catch (thrown) {
      if (thrown !== SKIP_ENTRY) throw thrown;
      continue;
    }
    if (times !== undefined) left.push(times[i]!);
  }
  if (values.length === 0 && parts.length > 0) return { value: SKIP_ENTRY, ttl };
  return { value: finish(values), ttl: times === undefined ? ttl : left };
}
