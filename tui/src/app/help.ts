import type { KeyHelp } from '../keys/key.js';
import { BLANK, type Line, line } from '../line/line.js';
import type { Screen } from '../screen.js';

/** Keys that mean the same on every screen. */
export const COMMON_KEYS: readonly KeyHelp[] = [
  { keys: '↑ ↓ j k', does: 'one row' },
  { keys: 'PgUp PgDn', does: 'one page' },
  { keys: 'Home End G', does: 'first and last row' },
  { keys: 'enter →', does: 'go into' },
  { keys: 'q esc ←', does: 'go back; q on the first screen leaves' },
  { keys: ':', does: 'all commands' },
  { keys: 'c', does: 'the command line that prints this view' },
  { keys: 'ctrl+c', does: 'leave at once' },
];

/** Help for one screen. */
export function helpLines(screen: Screen): readonly Line[] {
  return [
    line(`keys of ${screen.id}`, 'strong'),
    ...rows(screen.keys),
    BLANK,
    line('everywhere', 'strong'),
    ...rows(COMMON_KEYS),
  ];
}

function rows(keys: readonly KeyHelp[]): Line[] {
  return keys.map(({ keys: names, does }) => ({
    spans: [{ text: `  ${names.padEnd(12)} `, role: 'key' }, { text: does }],
  }));
}
