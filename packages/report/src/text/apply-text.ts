import type { ApplyView } from '@statewright/migrate';
import { escapeText } from './escape.js';
import { type MigrationPage, stateLines, unchangedText } from './migration-text.js';
import { formatBytes, plural } from './numbers.js';
import { paragraph } from './paragraph.js';
import { migrationHead } from './plan-text.js';

/** What was done. */
export function* applyText(view: ApplyView, page: MigrationPage): Iterable<string> {
  const { width, style } = page;
  yield* migrationHead(view, page);
  if (view.states.length > 0) {
    yield '';
    yield* stateLines(view.states, page);
  }
  if (view.error !== null) {
    yield '';
    yield* paragraph('nothing that can be loaded was written', width, '', style.bad);
    return;
  }
  const bytes = view.files.reduce((sum, file) => sum + file.bytes, 0);
  const resumed = view.resumedFiles > 0 ? `, ${view.resumedFiles} of them by a run before` : '';
  const wrote = `wrote ${view.output}: ${plural(view.files.length, 'file')}, ${formatBytes(bytes)}${resumed}; ${unchangedText(view.unchangedStates)}`;
  yield '';
  yield* paragraph(escapeText(wrote), width, '', style.good);
  if (view.reportFile !== null) yield* paragraph(escapeText(`report  ${view.reportFile}`), width, '  ');
}
