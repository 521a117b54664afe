import type { StateStats, StatsView, TopEntry } from '@statewright/inspect';
import { escapeText } from './escape.js';
import { factLines } from './facts.js';
import { formatBytes, formatCount, formatMean, formatShare, plural } from './numbers.js';
import { type Style, styleFor } from './style.js';
import { truncate } from './width.js';

/** Columns of the labels. */
const LABEL = 15;
/** A key is cut where the page has no end. */
const MAX_KEY = 60;

/** What stands out in one state, a labelled line or block each. */
export function* detailLines(state: StateStats, view: Times, width: number, style: Style): Iterable<string> {
  for (const { label, facts } of blocks(state, view)) {
    const lines = factLines(facts, Math.max(20, width - LABEL - 2), 0);
    for (const [i, line] of lines.entries()) {
      yield `  ${i === 0 ? style.dim(label.padEnd(LABEL)) : ' '.repeat(LABEL)}${line}`;
    }
  }
}

/** What stands out in one state, as `stats` prints it, in rows of at most `width` columns without colours. */
export function stateDetails(state: StateStats, view: Times, width: number): string[] {
  return [...detailLines(state, view, width, styleFor(false))];
}

/** The times that expiry is measured with. */
type Times = Pick<StatsView, 'atMillis' | 'ttlMillis'>;

/** A label and what stands beside it. */
export interface Block {
  readonly label: string;
  readonly facts: readonly string[];
}

/** What stands out in one state, a label with facts each. */
export function blocks(state: StateStats, view: Times): Block[] {
  const listed: (Block | undefined)[] = [
    state.keyGroups === null ? undefined : sizeBlock('keys', state.keyBytes),
    sizeBlock('values', state.valueBytes),
    elementsBlock(state),
    {
      label: 'largest keys',
      facts: state.topKeys.map((entry) => `${keyText(entry)} ${formatBytes(entry.bytes)}`),
    },
    largestBlock(state),
    keyGroupBlock(state),
    subtaskBlock(state),
    ttlBlock(state, view),
    ...timerBlocks(state),
    opaqueBlock(state),
  ];
  return listed.filter((block) => block !== undefined && block.facts.length > 0) as Block[];
}

function sizeBlock(label: string, sizes: StateStats['keyBytes']): Block | undefined {
  if (sizes === null) return undefined;
  const { total, min, mean, max } = sizes;
  const spread = min === max ? `${formatBytes(min)} each` : `${formatBytes(min)} to ${formatBytes(max)}`;
  return { label, facts: [formatBytes(total), spread, `mean ${formatMean(mean)} B`] };
}

function elementsBlock({ elements, elementsPerEntry, kind }: StateStats): Block | undefined {
  if (elements === null) return undefined;
  if (elementsPerEntry === null) return { label: 'elements', facts: [formatCount(elements)] };
  const { mean, p99, max } = elementsPerEntry;
  const each = kind === 'map' || kind === 'broadcast' ? 'map' : 'list';
  return {
    label: 'elements',
    facts: [
      formatCount(elements),
      `mean ${formatMean(mean)} per ${each}`,
      `p99 ${formatCount(p99)}`,
      `max ${formatCount(max)}`,
    ],
  };
}

function largestBlock({ largest, kind }: StateStats): Block | undefined {
  const label = kind === 'map' || kind === 'broadcast' ? 'largest maps' : 'largest lists';
  const facts = largest.map((entry) => `${keyText(entry)} ${plural(entry.elements ?? 0, 'element')}`);
  return { label, facts };
}

/** A key as JSON; operator state has no key but a subtask. */
function keyText(entry: TopEntry): string {
  if (entry.keyGroup === null) return `subtask ${entry.subtask}`;
  const window = entry.namespace === null ? '' : ` @ ${JSON.stringify(entry.namespace)}`;
  return truncate(escapeText(JSON.stringify(entry.key) + window), MAX_KEY);
}

function keyGroupBlock({ keyGroups }: StateStats): Block | undefined {
  if (keyGroups === null) return undefined;
  const { used, count, skew, largest } = keyGroups;
  const top = largest.slice(0, 3).map(({ keyGroup, bytes }) => `${keyGroup} (${formatBytes(bytes)})`);
  return {
    label: 'key groups',
    facts: [`${used} of ${count} used`, `the largest is ${skew.toFixed(1)} x the mean`, top.join(', ')],
  };
}

/** Subtasks that are named one by one. */
const MAX_SUBTASKS = 8;

function subtaskBlock({ subtasks }: StateStats): Block | undefined {
  if (subtasks.length < 2) return undefined;
  const shown = [...subtasks].sort((a, b) => b.bytes - a.bytes).slice(0, MAX_SUBTASKS);
  const facts = shown.map(
    ({ subtask, entries, bytes }) => `${subtask}: ${formatCount(entries)} (${formatBytes(bytes)})`,
  );
  const rest = subtasks.length - shown.length;
  return { label: 'subtasks', facts: rest === 0 ? facts : [...facts, `${rest} smaller ones`] };
}

function ttlBlock({ ttl }: StateStats, view: Times): Block | undefined {
  if (ttl === null || ttl.values === 0) return undefined;
  const used = `last used ${timeText(ttl.oldestMillis)} to ${timeText(ttl.newestMillis)}`;
  if (ttl.expired === null || view.ttlMillis === null) return { label: 'ttl', facts: [used] };
  const share = formatShare(ttl.expiredShare ?? 0);
  return {
    label: 'ttl',
    facts: [`${formatCount(ttl.expired)} of ${formatCount(ttl.values)} expired (${share})`, used],
  };
}

function timerBlocks({ timers }: StateStats): Block[] {
  if (timers === null) return [];
  const { earliestMillis, latestMillis, buckets } = timers;
  const counts = buckets
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${name} ${formatCount(count)}`);
  return [
    { label: 'timers due', facts: counts },
    { label: '', facts: [`first ${timeText(earliestMillis)}`, `last ${timeText(latestMillis)}`] },
  ];
}

const MAX_DATE = 8.64e15;

/** Milliseconds as a time where they are one. */
function timeText(millis: number | string | null): string {
  if (millis === null) return 'never';
  const number = Number(millis);
  return Math.abs(number) <= MAX_DATE ? new Date(number).toISOString() : `${millis} ms`;
}

function opaqueBlock({ opaque, valueBytes }: StateStats): Block | undefined {
  if (opaque.parts.length === 0) return undefined;
  const share =
    opaque.bytes === null || opaque.share === null
      ? 'share unknown, values were not decoded'
      : `${formatBytes(opaque.bytes)} of ${formatBytes(valueBytes?.total ?? 0)} (${formatShare(opaque.share)})`;
  const parts = opaque.parts.map((part) => escapeText(`${part.path}: ${part.class ?? part.serializer}`));
  return { label: 'opaque', facts: [share, ...parts] };
}
