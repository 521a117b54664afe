import { displayWidth } from '@statewright/report';
import { runsOf } from './ansi.mjs';

/* Screens of a terminal as SVG: one, or several that follow each other for ever. Same screens, same bytes. */

const CELL = { width: 8.4, height: 18 };
const PADDING = 14;
const BAR = 26;
const FONT = "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace";
const GROUND = '#12161c';
const TEXT = '#dfe5ec';
/** The sixteen colours of a terminal. */
const COLOURS = [
  ...['#3a424d', '#f07178', '#8fc97a', '#e6b45e', '#6ea8fe', '#c59be8', '#62c5c9', '#c9d1da'],
  ...['#6b7685', '#ff8f95', '#a8e094', '#f5cb7f', '#8fbcff', '#d7b5f3', '#7fdde0', '#ffffff'],
];

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const round = (number) => String(Math.round(number * 100) / 100);

/** One screen, as rows that `capture-pane -e` gave. */
export function screenSvg(rows, { columns, title }) {
  return page([screen(rows)], { columns, lines: rows.length, title, style: '' });
}

/** Screens that follow each other: `{ rows, seconds }` each. Who wants no motion sees the last one. */
export function animatedSvg(frames, { columns, title }) {
  const total = frames.reduce((sum, { seconds }) => sum + seconds, 0);
  let at = 0;
  const rules = frames.map(({ seconds }, i) => {
    const [from, to] = [(at / total) * 100, ((at + seconds) / total) * 100];
    at += seconds;
    const until = i === frames.length - 1 ? '' : `${round(to)}%{visibility:hidden}`;
    const before = i === 0 ? '' : '0%{visibility:hidden}';
    return `@keyframes f${i}{${before}${round(from)}%{visibility:visible}${until}}.f${i}{visibility:hidden;animation:f${i} ${round(total)}s step-end infinite}`;
  });
  const still = `@media(prefers-reduced-motion:reduce){.f{animation:none}.f${frames.length - 1}{visibility:visible}}`;
  const groups = frames.map(({ rows }, i) => `<g class="f f${i}">\n${screen(rows)}\n</g>`);
  const lines = Math.max(...frames.map(({ rows }) => rows.length));
  return page(groups, { columns, lines, title, style: rules.join('\n') + still });
}

function page(groups, { columns, lines, title, style }) {
  const width = Math.ceil(columns * CELL.width + 2 * PADDING);
  const height = Math.ceil(lines * CELL.height + BAR + PADDING);
  const dots = ['#f07178', '#e6b45e', '#8fc97a'].map(
    (colour, i) => `<circle cx="${18 + i * 16}" cy="14" r="4.5" fill="${colour}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>text{font:14px ${FONT};fill:${TEXT};white-space:pre}rect{shape-rendering:crispEdges}.b{font-weight:700}.d{opacity:.62}${style}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${GROUND}"/>`,
    ...dots,
    `<g transform="translate(${PADDING} ${BAR})">`,
    ...groups,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function screen(rows) {
  const drawn = [];
  let look;
  for (const [y, row] of rows.entries()) {
    const parsed = runsOf(row, look);
    look = parsed.look;
    let column = 0;
    for (const run of parsed.runs) {
      const columns = displayWidth(run.text);
      drawn.push(...runElements(run, column, columns, y));
      column += columns;
    }
  }
  return drawn.join('\n');
}

function runElements({ text, fg, bg, bold, dim, reverse }, column, columns, y) {
  const front = fg === undefined ? undefined : COLOURS[fg];
  const back = bg === undefined ? undefined : COLOURS[bg];
  const [ink, ground] = reverse ? [back ?? GROUND, front ?? TEXT] : [front, back];
  const x = round(column * CELL.width);
  const width = round(columns * CELL.width);
  const found = [];
  if (ground !== undefined) {
    found.push(
      `<rect x="${x}" y="${y * CELL.height}" width="${width}" height="${CELL.height}" fill="${ground}"/>`,
    );
  }
  let at = column;
  for (const part of text.split(BLOCKS)) {
    const wide = displayWidth(part);
    found.push(
      ...(BLOCK.test(part)
        ? blockElements(part, at, y, ink ?? TEXT)
        : textElements(part, at, y, { ink, bold, dim })),
    );
    at += wide;
  }
  return found;
}

/** Characters of bars, and parts of a text with nothing but them. */
const BLOCKS = /([\u2581-\u258f]+)/u;
const BLOCK = /^[\u2581-\u258f]+$/u;

/** Bars as rectangles: of letters, each would stand apart from the next. */
function blockElements(text, column, y, fill) {
  const found = [];
  for (const [, full, eighths] of text.matchAll(/(\u2588+)|([\u2581-\u2587\u2589-\u258f])/gu)) {
    const columns = full?.length ?? 1;
    const code = eighths?.codePointAt(0) ?? 0x2588;
    // U+2581 to U+2588 rise from below by eighths, U+2588 to U+258F shrink to the left.
    const [wide, high] = code <= 0x2588 ? [columns, (code - 0x2580) / 8] : [(0x2590 - code) / 8, 1];
    const top = y * CELL.height + (1 - high) * CELL.height;
    found.push(
      `<rect x="${round(column * CELL.width)}" y="${round(top)}" width="${round(wide * CELL.width)}" height="${round(high * CELL.height)}" fill="${fill}"/>`,
    );
    column += columns;
  }
  return found;
}

function textElements(text, column, y, { ink, bold, dim }) {
  const shown = text.trim();
  if (shown === '') return [];
  const classes = [bold ? 'b' : '', dim ? 'd' : ''].filter((name) => name !== '').join(' ');
  const x = round((column + displayWidth(text) - displayWidth(text.trimStart())) * CELL.width);
  const long = round(displayWidth(shown) * CELL.width);
  const look = `${classes === '' ? '' : ` class="${classes}"`}${ink === undefined ? '' : ` style="fill:${ink}"`}`;
  return [
    `<text x="${x}" y="${y * CELL.height + 13}" textLength="${long}" lengthAdjust="spacingAndGlyphs"${look}>${escaped(shown)}</text>`,
  ];
}
