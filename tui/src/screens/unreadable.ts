import { schemaView } from '@statewright/inspect';
import { escapeText, formatBytes, wrap } from '@statewright/report';
import { type StateName, stateOf } from '../data/place.js';
import { BLANK, type Line, line } from '../line/line.js';
import type { ScreenContext } from '../screen.js';

/** What is known of a state whose entries cannot be read: why, its types, and its files. */
export function unreadableLines(
  name: StateName,
  why: string,
  { session, size }: ScreenContext,
): readonly Line[] {
  const state = stateOf(session, name)!;
  const [schema] = schemaView(session.savepoint, session.path, [state], session.describe).states;
  const { key, value } = schema!.text;
  const files = state.parts.flatMap(({ stream }) => stream.files);
  return [
    ...wrap(`its entries are not shown: ${escapeText(why)}`, Math.max(8, size.width)).map((each) =>
      line(each, 'warn'),
    ),
    BLANK,
    ...(key === null ? [] : [line('key', 'heading'), ...texts(key)]),
    line('value', 'heading'),
    ...texts(value),
    BLANK,
    line(`files: ${files.length}`, 'heading'),
    ...files.map(({ name: file, ref }) =>
      line(`  ${formatBytes(ref.size).padStart(8)}  ${escapeText(file)}`),
    ),
  ];
}

function texts(lines: readonly string[]): Line[] {
  return lines.map((each) => line(`  ${escapeText(each)}`, 'type'));
}
