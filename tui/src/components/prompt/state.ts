import type { KeyName } from '../../keys/key.js';

/** A text being typed; `cursor` counts the UTF-16 units before it. */
export interface PromptState {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly cursor: number;
  readonly live: boolean;
}

/** What a key does to a prompt. */
export type PromptStep =
  | { readonly type: 'typing'; readonly prompt: PromptState }
  | { readonly type: 'done'; readonly text: string }
  | { readonly type: 'left' };

/** The prompt after a key. */
export function typeInto(prompt: PromptState, key: KeyName): PromptStep {
  if (key === 'enter') return { type: 'done', text: prompt.text };
  if (key === 'escape' || key === 'ctrl+c') return { type: 'left' };
  return { type: 'typing', prompt: edited(prompt, key) };
}

/** The prompt with a text at its cursor. */
export function insertInto(prompt: PromptState, inserted: string): PromptState {
  const { text, cursor } = prompt;
  return {
    ...prompt,
    text: text.slice(0, cursor) + inserted + text.slice(cursor),
    cursor: cursor + inserted.length,
  };
}

function edited(prompt: PromptState, key: KeyName): PromptState {
  const { text, cursor } = prompt;
  const [before, behind] = [text.slice(0, cursor), text.slice(cursor)];
  const edit = EDITS.get(key);
  if (edit !== undefined) return { ...prompt, ...edit(before, behind) };
  return [...key].length === 1 ? insertInto(prompt, key) : prompt;
}

type Edit = (before: string, behind: string) => Pick<PromptState, 'text' | 'cursor'>;

/** Without its last character, which may be of two units. */
const withoutLast = (text: string): string => [...text].slice(0, -1).join('');
/** Without its last word. */
const withoutWord = (text: string): string => text.replace(/[^\s/.]*[\s/.]*$/, '');

const at = (before: string, behind: string) => ({ text: before + behind, cursor: before.length });
const START: Edit = (before, behind) => ({ text: before + behind, cursor: 0 });
const END: Edit = (before, behind) => ({ text: before + behind, cursor: before.length + behind.length });

/** Keys that move the cursor or take characters away, as in a shell. */
const EDITS: ReadonlyMap<KeyName, Edit> = new Map<KeyName, Edit>([
  ['backspace', (before, behind) => at(withoutLast(before), behind)],
  ['ctrl+u', () => at('', '')],
  ['ctrl+w', (before, behind) => at(withoutWord(before), behind)],
  ['ctrl+k', (before) => at(before, '')],
  ['ctrl+d', (before, behind) => at(before, [...behind].slice(1).join(''))],
  ['left', (before, behind) => ({ text: before + behind, cursor: withoutLast(before).length })],
  [
    'right',
    (before, behind) => ({
      text: before + behind,
      cursor: before.length + ([...behind][0]?.length ?? 0),
    }),
  ],
  ['home', START],
  ['ctrl+a', START],
  ['end', END],
  ['ctrl+e', END],
]);
