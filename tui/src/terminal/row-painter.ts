import type { Screenful } from './full-screen.js';

/** Draws rows on a screen of its own. */
export interface RowPainter {
  /** Draws these rows, from the top: only those that changed are written, each at its place. */
  paint(rows: readonly string[]): void;
  /** What is on the screen is no longer known: it is cleared, and the next rows are all written. */
  clear(): void;
}

const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';
const CLEAR = '\u001b[2J';

/**
 * Rows go to absolute positions, so that a row that a terminal draws wider or narrower than expected cannot move another
 * one. Ink is not asked to draw them: its incremental mode starts one row late whenever the frame is lower than the
 * screen, and takes two to three times as long (every character is tokenized).
 */
export function rowPainter(output: Screenful): RowPainter {
  let shown: readonly string[] = [];
  let cleared = true;
  return {
    paint(rows) {
      const changed = rows.flatMap((row, i) => (row === shown[i] ? [] : [at(i, row)]));
      for (let i = rows.length; i < shown.length; i++) changed.push(at(i, ''));
      if (changed.length > 0)
        output.write(`${BEGIN}${cleared ? CLEAR : ''}${changed.join('')}\u001b[0m${END}`);
      shown = rows;
      cleared = false;
    },
    clear() {
      shown = [];
      cleared = true;
    },
  };
}

/** The row is cleared before and not behind its text: where that fills the row, the cursor still stands on its last character. */
function at(row: number, text: string): string {
  return `\u001b[${row + 1};1H\u001b[0m\u001b[K${text}`;
}
