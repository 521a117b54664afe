import type { VerifiedMigration, VerifyView } from '@statewright/migrate';
import { escapeText } from './escape.js';
import { type MigrationPage, stateLines, unchangedText } from './migration-text.js';
import { formatBytes, formatCount, plural } from './numbers.js';
import { paragraph } from './paragraph.js';
import { snapshotText } from './snapshot-text.js';
import { type Column, layoutTable } from './table.js';

/** What was found when all of a snapshot was read. */
export function* verifyText(view: VerifyView, page: MigrationPage): Iterable<string> {
  const { width, style } = page;
  if (view.snapshot !== null) yield* snapshotText(view.snapshot, width, style);
  if (view.states.length > 0) {
    yield '';
    yield* statesTable(view, page);
  }
  for (const { address, why } of view.notVerified) {
    yield* paragraph(escapeText(`${address} was not verified: ${why}`), width, '  ', style.warn);
  }
  for (const name of view.orphans) {
    yield* paragraph(
      escapeText(`no handle leads to the file ${JSON.stringify(name)}`),
      width,
      '  ',
      style.warn,
    );
  }
  if (view.migration !== null) yield* migrationLines(view.migration, page);
  if (view.damage.length > 0) yield '';
  for (const { message } of view.damage) yield* paragraph(escapeText(message), width, '', style.bad);
  yield '';
  yield* conclusion(view, page);
}

function statesTable({ states }: VerifyView, { width, style }: MigrationPage): string[] {
  const columns: Column[] = [
    { title: 'STATE', shrink: 'wrap', min: 16 },
    { title: 'KIND' },
    { title: 'ENTRIES', align: 'right' },
    { title: 'KEYS', align: 'right' },
    { title: 'VALUES', align: 'right' },
  ];
  const rows = states.map(({ address, kind, entries, keyBytes, valueBytes }) => [
    escapeText(address),
    kind,
    formatCount(entries),
    formatBytes(keyBytes),
    formatBytes(valueBytes),
  ]);
  return layoutTable(columns, rows, { width, indent: 2, heading: style.dim });
}

function* migrationLines(migration: VerifiedMigration, page: MigrationPage): Iterable<string> {
  const { width, style } = page;
  const { source, plan, equalFiles, differences, states, unchangedStates } = migration;
  yield '';
  yield* paragraph(escapeText(source), width, 'source  ', style.heading);
  yield* paragraph(escapeText(plan.file), width, 'plan    ', style.heading);
  if (states.length > 0) yield* stateLines(states, page);
  const files = `${plural(equalFiles, 'file')} ${equalFiles === 1 ? 'is' : 'are'} what the plan makes of the source`;
  yield* paragraph(`${files}; ${unchangedText(unchangedStates)}`, width, '  ');
  for (const { what, reason } of differences) {
    yield* paragraph(escapeText(`${what}: ${reason}`), width, '  ', style.bad);
  }
}

function conclusion(view: VerifyView, { width, style }: MigrationPage): string[] {
  const { damage, error, migration, notVerified, streams, bytes } = view;
  if (error !== null) return paragraph('the verification could not be done', width, '', style.bad);
  if (damage.length > 0)
    return paragraph(`damaged: ${plural(damage.length, 'finding')}`, width, '', style.bad);
  if (migration !== null && migration.differences.length > 0) {
    return paragraph('it is not what the plan makes of the source', width, '', style.bad);
  }
  const read = `${plural(streams, 'stream')}, ${formatBytes(bytes)} read to the last byte`;
  const proof = migration === null ? '' : '; it is what the plan makes of the source';
  if (notVerified.length > 0) {
    return paragraph(
      `no damage found: ${read}, but not all of it was understood${proof}`,
      width,
      '',
      style.warn,
    );
  }
  return paragraph(`sound: ${read}${proof}`, width, '', style.good);
}
