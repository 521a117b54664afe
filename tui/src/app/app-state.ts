import type { ListState } from '../components/list/state.js';
import type { PromptState } from '../components/prompt/state.js';
import type { Session } from '../data/session.js';
import type { Screen, Size } from '../screen.js';

/** A screen on the stack with its state. */
export interface Opened {
  readonly screen: Screen;
  readonly state: unknown;
  /** The snapshot that it shows. */
  readonly session: Session;
  /** Tells what a late effect belongs to. */
  readonly ticket: number;
}

/** What lies over the screen. */
export type Overlay =
  | { readonly type: 'none' }
  | { readonly type: 'help'; readonly top: number }
  | { readonly type: 'command'; readonly text: string }
  | { readonly type: 'palette'; readonly text: string; readonly list: ListState };

/** All that the program shows. */
export interface AppState {
  /** The last one is on the screen. */
  readonly stack: readonly Opened[];
  readonly overlay: Overlay;
  readonly prompt: PromptState | undefined;
  /** On the bottom line until the next key. */
  readonly message: { readonly text: string; readonly bad: boolean } | undefined;
  /** Labels of the work that is being done. */
  readonly busy: readonly { readonly id: number; readonly label: string }[];
  readonly size: Size;
  readonly quit: boolean;
}

/** The screen that is shown. */
export function topOf(app: AppState): Opened {
  return app.stack.at(-1)!;
}
