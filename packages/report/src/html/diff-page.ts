import type { DiffView, EntryChange, StateDiff } from '@statewright/inspect';
import { keyText, valueText } from '../text/diff-changes.js';
import { formatCount } from '../text/numbers.js';
import { linePatch } from '../unified/type-patch.js';
import type { PageCell, PageDetail, PageModel, PageRow, Section, TableSection, Tone } from './page-model.js';
import { countCell, factsOf, shorten, textCell, topBars, withoutEmpty } from './parts.js';

const VERDICTS: { readonly [verdict in DiffView['verdict']]: { text: string; tone: Tone } } = {
  same: { text: 'The two snapshots hold the same', tone: 'good' },
  differs: { text: 'The two snapshots differ', tone: 'warn' },
  unknown: { text: 'Nothing that is known differs, but not all could be compared', tone: 'warn' },
};

const CHANGE_TONES = { added: 'good', removed: 'bad', changed: 'warn' } as const;

/** `diff` as a page: how much of each state has changed, its types, and every change that was listed. */
export function diffPage(view: DiffView): PageModel {
  const { total } = view;
  const tile = (label: string, count: number | undefined, tone: Tone) =>
    count === undefined ? [] : [{ value: formatCount(count), label, ...(count === 0 ? {} : { tone }) }];
  return {
    kind: 'diff',
    title: `${textCell(view.old.path).text} → ${textCell(view.new.path).text}`,
    conclusion: VERDICTS[view.verdict],
    tiles: [
      ...tile('added', total?.added, 'good'),
      ...tile('removed', total?.removed, 'bad'),
      ...tile('changed', total?.changed, 'warn'),
      ...tile('touched', total?.touched, 'dim'),
      ...tile('unchanged', total?.unchanged, 'dim'),
    ],
    facts: [
      `old: ${factsOf(view.old).join(', ')}`,
      `new: ${factsOf(view.new).join(', ')}`,
      view.ttl ? 'another time of last access is a change' : 'times of last access do not count',
    ],
    sections: [
      ...chart(view),
      withoutEmpty(statesTable(view)),
      ...operators(view),
      ...changes(view),
      ...unread(view),
    ],
  };
}

function chart({ states }: DiffView): Section[] {
  const bars = states.flatMap(({ address, counts }) =>
    counts === null || counts.added + counts.removed + counts.changed === 0
      ? []
      : [{ label: textCell(address).text, values: [counts.added, counts.removed, counts.changed] }],
  );
  if (bars.length === 0) return [];
  return [
    {
      kind: 'chart',
      title: 'Changes by state',
      shape: 'bars',
      unit: 'count',
      series: [
        { name: 'added', tone: 'good' },
        { name: 'removed', tone: 'bad' },
        { name: 'changed', tone: 'warn' },
      ],
      bars: topBars(bars),
    },
  ];
}

function statesTable(view: DiffView): TableSection {
  const numbers = ['Old', 'New', 'Added', 'Removed', 'Changed', 'Touched', 'Unchanged', 'Not compared'];
  return {
    kind: 'table',
    title: 'States',
    note: 'A row with another type opens.',
    columns: [
      { title: 'State', code: true },
      { title: 'Kind' },
      { title: 'Verdict' },
      { title: 'Type' },
      ...numbers.map((title) => ({ title, numeric: true })),
    ],
    rows: view.states.map(stateRow),
  };
}

function stateRow(state: StateDiff): PageRow {
  const { counts } = state;
  const details = typeDetails(state);
  const left = counts === null ? null : Math.max(counts.oldNotCompared, counts.newNotCompared);
  return {
    cells: [
      textCell(state.address),
      { text: state.kind },
      verdictCell(state),
      typeCell(state),
      countCell(counts?.old),
      countCell(counts?.new),
      countCell(counts?.added, 'good'),
      countCell(counts?.removed, 'bad'),
      countCell(counts?.changed, 'warn'),
      countCell(counts?.touched || null),
      countCell(counts?.unchanged),
      countCell(left || null, 'warn'),
    ],
    ...(details.length === 0 ? {} : { details }),
  };
}

function verdictCell({ presence, verdict }: StateDiff): PageCell {
  if (verdict === 'unknown') return { text: 'unknown', tone: 'warn' };
  if (presence === 'new') return { text: 'added', tone: 'good' };
  if (presence === 'old') return { text: 'removed', tone: 'bad' };
  return verdict === 'same' ? { text: 'same', tone: 'good' } : { text: 'differs', tone: 'warn' };
}

function typeCell({ presence, schema }: StateDiff): PageCell {
  if (presence !== 'both') return { text: '' };
  if (schema.length === 0) return { text: 'same', tone: 'dim' };
  return { text: schema.map(({ place }) => place).join(', '), tone: 'warn' };
}

function typeDetails({ schema, why, files }: StateDiff): PageDetail[] {
  const types = schema.map(({ place, old, new: now }) => ({
    label: place,
    lines: linePatch(old, now).flatMap(({ lines }) => lines.map((line) => textCell(line).text)),
    patch: true,
  }));
  const told = why === null ? [] : [{ label: 'not compared', lines: [textCell(why).text] }];
  const counted =
    files === null
      ? []
      : [
          {
            label: 'files',
            lines: [`${files.old} old, ${files.new} new, ${files.same} with the same bytes`],
          },
        ];
  return [...types, ...told, ...counted];
}

function operators({ operators }: DiffView): Section[] {
  const rows = operators.flatMap(({ operator, presence, differences }) => {
    const name = textCell(operator.uid ?? operator.name ?? operator.id);
    if (presence === 'new') return [{ cells: [name, textCell('added', 'good'), textCell(operator.id)] }];
    if (presence === 'old') return [{ cells: [name, textCell('removed', 'bad'), textCell(operator.id)] }];
    return differences.map(({ what, old, new: now }) => ({
      cells: [name, textCell(what, 'warn'), textCell(`${old ?? 'none'} → ${now ?? 'none'}`)],
    }));
  });
  if (rows.length === 0) return [];
  const columns = [{ title: 'Operator', code: true }, { title: 'What' }, { title: 'Difference' }];
  return [{ kind: 'table', title: 'Operators', columns, rows }];
}

function changes({ changes, changesLeftOut }: DiffView): Section[] {
  if (changes.length === 0) return [];
  const left =
    changesLeftOut === 0 ? '' : ` ${formatCount(changesLeftOut)} more are not listed: see --limit.`;
  return [
    {
      kind: 'table',
      title: 'Changed entries',
      note: `By operator, key group and key.${left}`,
      columns: [
        { title: 'Change' },
        { title: 'State', code: true },
        { title: 'Key group', numeric: true },
        { title: 'Key', code: true },
        { title: 'What', code: true },
      ],
      rows: changes.map(changeRow),
    },
  ];
}

/** Places of one change that are shown in its row; all of them are in its details. */
const IN_ROW = 3;

function changeRow(change: EntryChange): PageRow {
  const lines = changeLines(change);
  const first =
    lines.length > IN_ROW ? [...lines.slice(0, IN_ROW), `… ${lines.length - IN_ROW} more`] : lines;
  return {
    cells: [
      { text: change.change, tone: CHANGE_TONES[change.change] },
      textCell(change.address),
      countCell(change.keyGroup),
      textCell(keyText(change)),
      { text: first.join('\n') },
    ],
    ...(lines.length > IN_ROW ? { details: [{ label: 'places', lines, patch: true }] } : {}),
  };
}

function changeLines(change: EntryChange): string[] {
  const { fields, fieldsLeftOut, kind } = change;
  if (fields.length === 0) {
    const value = change.change === 'removed' ? change.old : change.new;
    return value === undefined || kind === 'map' ? [] : [shorten(valueText(value))];
  }
  const lines = fields.map(({ path, change: what, old, new: now }) => {
    const name = textCell(path).text;
    if (what === 'added') return shorten(`+ ${name}: ${valueText(now)}`);
    if (what === 'removed') return shorten(`- ${name}: ${valueText(old)}`);
    return shorten(`${name}: ${valueText(old)} → ${valueText(now)}`);
  });
  return fieldsLeftOut === 0
    ? lines
    : [...lines, `… ${formatCount(fieldsLeftOut)} more places are not listed`];
}

function unread({ unread }: DiffView): Section[] {
  if (unread.length === 0) return [];
  const rows = unread.map(({ address, side, sameBytes, why }) => ({
    cells: [textCell(address), textCell(side), textCell(sameBytes ? 'yes' : 'no'), textCell(why)],
  }));
  const columns = [
    { title: 'Where', code: true },
    { title: 'Side' },
    { title: 'Same bytes on the other side' },
    { title: 'Why' },
  ];
  return [{ kind: 'table', title: 'Not read', columns, rows }];
}
