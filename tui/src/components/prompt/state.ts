import type { KeyName } from '../../keys/key.js';

/** A text being typed. `cursor` counts UTF-16 units. */
export interface PromptState {
  readonly id: string;
  readonly label: string;
  readonly text: string;
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
  if (key === 'backspace') {
    const chars = [...prompt.text];
    return { type: 'typing', prompt: { ...prompt, text: chars.slice(0, -1).join('') } };
  }
  if (key === 'ctrl+u') return { type: 'typing', prompt: { ...prompt, text: '' } };
  if ([...key].length !== 1) return { type: 'typing', prompt };
  return { type: 'typing', prompt: { ...prompt, text: prompt.text + key } };
}
