import type { DiffCounts, DiffView, StateDiff } from '@statewright/inspect';
import type { SignStyle } from './diff-style.js';
import { escapeText } from './escape.js';
import { factLines } from './facts.js';
import { formatCount, plural } from './numbers.js';
import { displayWidth, padEnd, padStart, wrap } from './width.js';

/** Columns of a bar, at most. */
const BAR = 24;

/** A line for each state that is not the same: its name, how many entries differ, and a bar of `+`, `-` and `~`. */
export function* statLines(view: DiffView, style: SignStyle): Iterable<string> {
  const rows = view.states.flatMap((state) => {
    const counts = state.counts;
    return counts !== null && differing(counts) > 0 ? [{ name: escapeText(state.address), counts }] : [];
  });
  const nameWidth = Math.max(0, ...rows.map(({ name }) => displayWidth(name)));
  const most = Math.max(1, ...rows.map(({ counts }) => differing(counts)));
  const numberWidth = formatCount(most).length;
  for (const { name, counts } of rows) {
    const number = padStart(formatCount(differing(counts)), numberWidth);
    yield ` ${padEnd(name, nameWidth)} | ${number} ${barOf(counts, most, style)}`;
  }
}

function differing({ added, removed, changed }: DiffCounts): number {
  return added + removed + changed;
}

/** At least one sign for what there is. */
function barOf(counts: DiffCounts, most: number, style: SignStyle): string {
  const length = (count: number) => (count === 0 ? 0 : Math.max(1, Math.round((count / most) * BAR)));
  const { added, removed, changed } = counts;
  return (
    style.added('+'.repeat(length(added))) +
    style.removed('-'.repeat(length(removed))) +
    style.changed('~'.repeat(length(changed)))
  );
}

/** What everything adds up to, and what could not be compared. */
export function* totalLines(view: DiffView, width: number, style: SignStyle): Iterable<string> {
  yield* notComparedLines(view, width, style);
  if (view.changesLeftOut > 0) {
    yield style.dim(`  ${plural(view.changesLeftOut, 'more change')} not listed, see --limit`);
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

function* notComparedLines(view: DiffView, width: number, style: SignStyle): Iterable<string> {
  const unread = view.unread.filter(({ sameBytes }) => !sameBytes);
  const notes = [
    ...view.states.flatMap((state) =>
      state.why === null ? [] : [`${state.address}: ${whyText(state, state.why)}`],
    ),
    ...unread.map(({ address, why, side }) => `${address} of the ${side} snapshot: ${why}`),
  ];
  for (const note of notes) {
    const [first = '', ...rest] = wrap(escapeText(note), width - 4);
    yield style.warn(`  ! ${first}`);
    for (const line of rest) yield style.warn(`    ${line}`);
  }
}

function whyText({ files, counts, presence }: StateDiff, why: string): string {
  if (counts !== null || presence !== 'both') return why;
  const named = files === null ? '' : `; of ${files.old} → ${files.new} files, ${files.same} are the same`;
  return `${why}, and the bytes are not the same${named}`;
}
