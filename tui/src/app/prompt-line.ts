import { escapeText } from '@statewright/report';
import type { PromptState } from '../components/prompt/state.js';
import type { Line } from '../line/line.js';
import { fitText, widthOf } from '../line/width.js';

/** A prompt takes at most this share of the width for its label where what is typed needs the rest. */
const LABEL_SHARE = 0.5;

/** More UTF-16 units than this for each column are not looked at: a pasted text may be long. */
const UNITS = 8;

/** The bottom line while something is typed: what stands before and behind the cursor is always seen. */
export function promptLine({ label, text, cursor }: PromptState, width: number): Line {
  const most = width * UNITS;
  const start = Math.max(0, cursor - most);
  const before = `${start > 0 ? '…' : ''}${escapeText(text.slice(start, cursor))}`;
  const behind = escapeText(text.slice(cursor, cursor + most));
  const typed = widthOf(before) + widthOf(behind) + 2;
  const shown = fitText(label, Math.max(Math.floor(width * LABEL_SHARE), width - typed));
  const room = Math.max(4, width - widthOf(shown) - 2);
  const head = lastColumns(before, room - Math.min(widthOf(behind), Math.floor(room / 4)));
  return {
    spans: [
      { text: shown, role: 'strong' },
      { text: ` ${head}▏` },
      { text: fitText(behind, Math.max(0, room - widthOf(head))) },
    ],
  };
}

/** The end of a text in at most so many columns. */
function lastColumns(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const chars = [...text];
  let out = '';
  for (let i = chars.length - 1; i >= 0 && widthOf(`…${chars[i]}${out}`) <= width; i--) out = chars[i] + out;
  return `…${out}`;
}
