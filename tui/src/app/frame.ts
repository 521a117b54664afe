import { escapeText } from '@statewright/report';
import type { KeyHelp } from '../keys/key.js';
import { fitLine } from '../line/fit-line.js';
import { BLANK, type Line, line, type Span } from '../line/line.js';
import { safeLine } from '../line/safe-line.js';
import { fitText, widthOf } from '../line/width.js';
import type { Screen, ScreenContext } from '../screen.js';
import { type AppState, topOf } from './app-state.js';
import { helpLines } from './help.js';
import { paletteLines } from './palette.js';
import { attempt } from './problem.js';
import { promptLine } from './prompt-line.js';

/** Rows around a screen: breadcrumbs above, a line of hints below. */
const AROUND = 2;

/** Rows that are left for a screen. */
export function frameRows(height: number): number {
  return Math.max(1, height - AROUND);
}

/** Everything that is on the terminal: exactly `size.height` rows. */
export function frame(
  app: AppState,
  context: ScreenContext,
  screens: ReadonlyMap<string, Screen>,
): readonly Line[] {
  const { width, height } = app.size;
  const { screen, state } = topOf(app);
  const rows = frameRows(height);
  const body = overlayLines(app, screens) ?? viewOf(screen, state, context);
  const filled = Array.from({ length: rows }, (_, i) => body[i] ?? BLANK);
  return [breadcrumbs(app, context), ...filled, bottom(app)].map((each) =>
    fitLine(safeLine(each, width), width),
  );
}

function viewOf(screen: Screen, state: unknown, context: ScreenContext): readonly Line[] {
  return attempt(
    () => screen.view(state, context),
    (problem) => [line(`this cannot be shown: ${problem}`, 'bad'), BLANK, line('q goes back')],
  );
}

function overlayLines(app: AppState, screens: ReadonlyMap<string, Screen>): readonly Line[] | undefined {
  const { overlay } = app;
  if (overlay.type === 'help') return helpLines(topOf(app).screen).slice(overlay.top);
  if (overlay.type === 'command')
    return [
      line('the command line for this view:', 'dim'),
      BLANK,
      ...wrapped(escapeText(overlay.text), app.size.width),
    ];
  if (overlay.type === 'palette') return paletteLines(app, screens);
  return undefined;
}

/** A text on as many rows as it needs, cut anywhere: it is there to be copied. */
function wrapped(text: string, width: number): Line[] {
  const rows: string[] = [''];
  for (const char of text) {
    if (widthOf(rows.at(-1)! + char) > width) rows.push('');
    rows[rows.length - 1] += char;
  }
  return rows.map((row) => line(row));
}

/** Titles of the stack; the oldest are left out where there is no room. How many steps the plan has stands behind them. */
function breadcrumbs(app: AppState, context: ScreenContext): Line {
  const { steps } = context.session.draft;
  const mark = steps.length === 0 ? '' : `  plan: ${steps.length}`;
  const room = app.size.width - mark.length;
  const titles = app.stack.map(({ screen, state, session }) => {
    const title = attempt(
      () => screen.title(state, { ...context, session }),
      () => screen.id,
    );
    return fitText(title, room);
  });
  let first = 0;
  const total = () => titles.slice(first).reduce((sum, title) => sum + widthOf(title) + 3, 0);
  while (first < titles.length - 1 && total() > room) first++;
  const parts: Span[] = first > 0 ? [{ text: '… › ', role: 'dim' }] : [];
  for (const [i, title] of titles.slice(first).entries()) {
    if (i > 0) parts.push({ text: ' › ', role: 'dim' });
    parts.push({ text: title, role: first + i === titles.length - 1 ? 'heading' : 'plain' });
  }
  if (mark === '') return { spans: parts };
  return { spans: [...fitLine({ spans: parts }, room).spans, { text: mark, role: 'warn' }] };
}

function bottom(app: AppState): Line {
  if (app.prompt !== undefined) return promptLine(app.prompt, app.size.width);
  if (app.message !== undefined) return line(app.message.text, app.message.bad ? 'bad' : 'good');
  const busy = app.busy.find(({ label }) => label !== '');
  if (busy !== undefined) return line(`… ${busy.label}`, 'warn');
  const hints = fittingHints(topOf(app).screen.keys, app.size.width);
  return {
    spans: hints.flatMap(({ keys, does }, i): Span[] => [
      { text: `${i > 0 ? '  ' : ''}${keys}`, role: 'key' },
      { text: ` ${does}`, role: 'dim' },
    ]),
  };
}

/** Ways to help and back, which are always shown. */
const ALWAYS: readonly KeyHelp[] = [
  { keys: '?', does: 'help' },
  { keys: 'q', does: 'back' },
];

/** The first hints of a screen that leave room for those that are always shown; help has the others. */
function fittingHints(hints: readonly KeyHelp[], width: number): readonly KeyHelp[] {
  const columns = (list: readonly KeyHelp[]) =>
    list.reduce((sum, { keys, does }) => sum + widthOf(keys) + widthOf(does) + 3, -2);
  let count = hints.length;
  while (count > 0 && columns([...hints.slice(0, count), ...ALWAYS]) > width) count--;
  return [...hints.slice(0, count), ...ALWAYS];
}
