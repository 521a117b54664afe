import type { InspectView, OperatorView, StateView } from '@statewright/inspect';
import { xmlText } from '../findings/xml.js';
import { escapeText } from '../text/escape.js';
import { snapshotFacts } from '../text/snapshot-text.js';
import { truncate } from '../text/width.js';
import { operatorCaption, operatorLabel, stateNotes } from './labels.js';

/* Pixels. */
const CARD = 372;
const GAP = 16;
const COLUMNS = 3;
const HEAD = 62;
const EMPTY = 54;
const ROW = 38;
const TOP = 76;
/* Letters that fit a card, in the heading and in a row. */
const TITLE_LETTERS = 38;
const NAME_LETTERS = 30;
const TYPE_LETTERS = 46;

const STYLE = `
.page{fill:#f6f7f9}.card{fill:#fff;stroke:#d5dbe2}.title{fill:#1b2430;font:600 15px monospace}
.name{fill:#1b2430;font:13px monospace}.soft{fill:#5b6775;font:12px sans-serif}.type{fill:#5b6775;font:12px monospace}
.rule{stroke:#e2e6eb}.track{fill:#e9edf2}.bar{fill:#3b6fd4}.kind{fill:#3b6fd4;font:12px sans-serif}.warn{fill:#8a5300}
@media (prefers-color-scheme:dark){.page{fill:#11151a}.card{fill:#1a2027;stroke:#333d49}.title,.name{fill:#e4e9ef}
.soft,.type{fill:#9aa7b5}.rule{stroke:#2a323c}.track{fill:#262e37}.bar,.kind{fill:#6f9df0}.kind{fill:#8fb3f5}.warn{fill:#f0bd62}}`;

interface Placed {
  readonly operator: OperatorView;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/**
 * Operators as cards with their states, as SVG that loads nothing: largest first, each in the column with most room left. A
 * snapshot does not tell which operator feeds which, so that there are no arrows.
 */
export function* svgGraph(view: InspectView): Iterable<string> {
  const { cards, height } = place(view.operators);
  const width = COLUMNS * (CARD + GAP) + GAP;
  const most = Math.max(1, ...view.operators.map(({ stateBytes }) => stateBytes));
  yield `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`;
  yield `<title>${xmlText(view.snapshot.path)}</title>`;
  yield `<style>${STYLE}</style>`;
  yield `<rect class="page" width="${width}" height="${height}"/>`;
  yield text(GAP, 32, 'title', truncate(escapeText(view.snapshot.path), 120));
  yield text(GAP, 54, 'soft', snapshotFacts(view.snapshot).join('  ·  '));
  for (const card of cards) yield* cardLines(card, most);
  yield '</svg>';
}

function place(operators: readonly OperatorView[]): { readonly cards: Placed[]; readonly height: number } {
  const bottoms = Array.from({ length: COLUMNS }, () => TOP);
  const sorted = [...operators].sort(
    (a, b) => b.stateBytes - a.stateBytes || b.states.length - a.states.length,
  );
  const cards = sorted.map((operator) => {
    const column = bottoms.indexOf(Math.min(...bottoms));
    const rows = operator.states.length * ROW;
    const height = operator.stateBytes === 0 && rows === 0 ? EMPTY : HEAD + rows + (rows === 0 ? 0 : 8);
    const card = { operator, x: GAP + column * (CARD + GAP), y: bottoms[column]!, height };
    bottoms[column]! += height + GAP;
    return card;
  });
  return { cards, height: Math.max(...bottoms) };
}

function* cardLines({ operator, x, y, height }: Placed, most: number): Iterable<string> {
  const label = operatorLabel(operator);
  yield `<g><title>${xmlText(`${label} (${operator.id})`)}</title>`;
  yield `<rect class="card" x="${x}" y="${y}" width="${CARD}" height="${height}" rx="8"/>`;
  yield text(x + 14, y + 24, 'title', truncate(escapeText(label), TITLE_LETTERS));
  yield text(x + 14, y + 43, 'soft', operatorCaption(operator));
  const inner = CARD - 28;
  const filled = Math.round((inner * operator.stateBytes) / most);
  if (height > EMPTY)
    yield `<rect class="track" x="${x + 14}" y="${y + 51}" width="${inner}" height="4" rx="2"/>`;
  if (filled > 0) yield `<rect class="bar" x="${x + 14}" y="${y + 51}" width="${filled}" height="4" rx="2"/>`;
  for (const [i, state] of operator.states.entries()) yield* stateLines(state, x + 14, y + HEAD + i * ROW);
  yield '</g>';
}

function* stateLines(state: StateView, x: number, y: number): Iterable<string> {
  const notes = stateNotes(state);
  yield `<g><title>${xmlText(`${state.name}: ${state.value}`)}</title>`;
  yield text(x, y + 18, 'name', truncate(escapeText(state.name), NAME_LETTERS));
  yield text(x + CARD - 28, y + 18, 'kind', [state.kind, ...notes].join(', '), notes.includes('opaque'));
  yield text(x, y + 33, 'type', truncate(escapeText(state.brief), TYPE_LETTERS));
  yield '</g>';
}

/** A line of text; a kind stands at the right edge. */
function text(x: number, y: number, kind: string, content: string, warn = false): string {
  const anchor = kind === 'kind' ? ' text-anchor="end"' : '';
  return `<text class="${kind}${warn ? ' warn' : ''}" x="${x}" y="${y}"${anchor}>${xmlText(content)}</text>`;
}
