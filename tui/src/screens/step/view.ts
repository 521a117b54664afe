import { escapeText, wrap } from '@statewright/report';
import { BLANK, type Line, line, type Role } from '../../line/line.js';
import { padText, widthOf } from '../../line/width.js';
import { optionText } from '../../plan/option-text.js';
import type { ScreenContext } from '../../screen.js';
import { listedOptions, type StepState } from './state.js';

/** The step: what it does, its options, what is wrong, and what the option under the cursor means. */
export function stepLines(state: StepState, { size }: ScreenContext): readonly Line[] {
  const { verb, row, options, error } = state;
  const names = listedOptions(state);
  const own = state.asking ?? (state.source === undefined ? names[state.list.cursor] : undefined);
  const column = Math.max(0, ...names.map((name) => widthOf(name)));
  const rows = names.map((name): Line => {
    const value = name in options ? escapeText(optionText(options[name])) : '';
    return {
      spans: [{ text: padText(name, column), role: 'key' }, { text: `  ${value}` }],
      selected: name === own,
    };
  });
  const meaning = row?.options.find(({ name }) => name === own);
  return [
    line(verb, 'heading'),
    ...paragraph(row?.purpose ?? '', size.width, 'dim'),
    BLANK,
    ...rows,
    ...(error === undefined ? [] : [BLANK, ...paragraph(escapeText(error), size.width, 'bad')]),
    BLANK,
    ...(meaning === undefined ? [] : paragraph(meaningText(meaning), size.width, 'plain')),
  ];
}

function meaningText({
  name,
  meaning,
  required,
}: {
  name: string;
  meaning: string;
  required: boolean;
}): string {
  return `${name}${required ? '' : ' (may be left out)'}: ${meaning}`;
}

function paragraph(text: string, width: number, role: Role): readonly Line[] {
  return text === '' ? [] : wrap(text, Math.max(8, width)).map((each) => line(each, role));
}
