import type { DiffCounts, DiffView, StateDiff } from '@statewright/inspect';
import type { SignStyle } from './diff-style.js';
import { escapeText } from './escape.js';
import { factLines } from './facts.js';
import { formatCount, plural } from './numbers.js';
import { paragraph } from './paragraph.js';
import { displayWidth, padEnd, padStart, truncate, wrap } from './width.js';

/** Columns of a bar, at most and at least, and of a name. */
const BAR = 24;
const SHORTEST = 8;
const LEAST = 12;
/** Columns of what stands between a name, a number and a bar. */
const RULES = 5;

/** A line for each state that is not the same: its name, how many entries differ, and a bar of `+`, `-` and `~`. */
export function* statLines(view: DiffView, width: number, style: SignStyle): Iterable<string> {
  const rows = view.states.flatMap((state) => {
    const counts = state.counts;
    return counts !== null && differing(counts) > 0 ? [{ name: escapeText(state.address), counts }] : [];
  });
  const most = Math.max(1, ...rows.map(({ counts }) => differing(counts)));
  const numberWidth = formatCount(most).length;
  const longest = Math.max(0, ...rows.map(({ name }) => displayWidth(name)));
  // A name that is too long gives way to a bar that can still be seen; both lose where the page is narrow.
  const room = width - numberWidth - RULES;
  const nameWidth = Math.min(longest, Math.max(LEAST, room - SHORTEST));
  const longestBar = Math.min(BAR, Math.max(SHORTEST, room - nameWidth));
  for (const { name, counts } of rows) {
    const number = padStart(formatCount(differing(counts)), numberWidth);
    const shown = padEnd(truncate(name, nameWidth), nameWidth);
    yield ` ${shown} | ${number} ${barOf(counts, most, longestBar, style)}`;
  }
}

function differing({ added, removed, changed }: DiffCounts): number {
  return added + removed + changed;
}

/** At least one sign for what there is. */
function barOf(counts: DiffCounts, most: number, longest: number, style: SignStyle): string {
  const length = (count: number) => (count === 0 ? 0 : Math.max(1, Math.round((count / most) * longest)));
  const { added, removed, changed } = counts;
  return (
    style.added('+'.repeat(length(added))) +
    style.removed('-'.repeat(length(removed))) +
    style.changed('~'.repeat(length(changed)))
  );
}

/** What everything adds up to, and what could not be compared. */
export function* totalLines(
  view: DiffView,
  width: number,
  style: SignStyle,
  stat: boolean,
): Iterable<string> {
  yield* notComparedLines(view, width, style);
  if (view.changesLeftOut > 0 && !stat) {
    const left = `${plural(view.changesLeftOut, 'more change')} not listed, see --limit`;
    yield* paragraph(left, width, '  ', style.dim);
  }
  yield* factLines(summaryFacts(view), width, 1);
}

function summaryFacts({ verdict, total, states, entries }: DiffView): string[] {
  const count = (wanted: string) => states.filter((state) => state.verdict === wanted).length;
  const unknown = count('unknown') === 0 ? '' : `, ${count('unknown')} that cannot be told`;
  const head = verdict === 'same' ? 'no difference' : '';
  const differing = count('differs') === 0 ? '' : `, ${count('differs')} of them not the same`;
  const all = `${plural(states.length, 'state')}${differing}${unknown}`;
  if (!entries || total === null) return [head, all, 'entries were not compared'];
  return [head, all, ...countFacts(total)];
}

function countFacts(total: DiffCounts): string[] {
  const { added, removed, changed, touched, unchanged, oldNotCompared, newNotCompared } = total;
  const notCompared = oldNotCompared + newNotCompared;
  return [
    `${formatCount(total.old)} → ${plural(total.new, 'entry', 'entries')}`,
    `${formatCount(added)} added`,
    `${formatCount(removed)} removed`,
    `${formatCount(changed)} changed`,
    touched === 0 ? '' : `${formatCount(touched)} touched`,
    `${formatCount(unchanged)} unchanged`,
    notCompared === 0 ? '' : `${formatCount(oldNotCompared)} → ${formatCount(newNotCompared)} not compared`,
  ];
}

/** What is said of several states is said once. */
function* notComparedLines(view: DiffView, width: number, style: SignStyle): Iterable<string> {
  const about = new Map<string, string[]>();
  const note = (why: string, address: string) => {
    const addresses = about.get(why);
    if (addresses === undefined) about.set(why, [address]);
    else addresses.push(address);
  };
  for (const state of view.states) if (state.why !== null) note(whyText(state, state.why), state.address);
  for (const { address, why, side, sameBytes } of view.unread) {
    if (!sameBytes) note(why, `${address} of the ${side} snapshot`);
  }
  for (const [why, addresses] of about) {
    const [first = '', ...others] = addresses;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    const [line = '', ...rest] = wrap(escapeText(`${first}${more}: ${why}`), width - 4);
    yield style.warn(`  ! ${line}`);
    for (const each of rest) yield style.warn(`    ${each}`);
  }
}

function whyText({ files, counts, presence }: StateDiff, why: string): string {
  if (counts !== null || presence !== 'both') return why;
  const both = files !== null && files.old > 0 && files.new > 0;
  return both ? `${why}; ${files.same} of its files are the same (${files.old} → ${files.new})` : why;
}
