import type { Session } from './data/session.js';
import type { KeyHelp, KeyName } from './keys/key.js';
import type { Line } from './line/line.js';

/** Rows and columns that a screen may fill. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a screen is told of. `T` is what its own effects bring. */
export type ScreenEvent<T = unknown> =
  | { readonly type: 'key'; readonly key: KeyName }
  /** Confirmed text of the prompt that the screen asked for. */
  | { readonly type: 'answer'; readonly prompt: string; readonly text: string }
  | { readonly type: 'data'; readonly data: T };

/** Work that a screen wants done: it may take long, and is aborted when the screen is left. */
export interface Effect<T = unknown> {
  /** For the status line while it runs: `reading keys`; empty where it is not worth a word. */
  readonly label: string;
  /** An effect of the same screen and slot that still runs is aborted when this one starts. */
  readonly slot?: string;
  /** `report` brings parts before the end; errors become a message. Must leave the thread free at least every 20 ms. */
  run(signal: AbortSignal, report: (data: T) => void): Promise<T | undefined>;
}

/** What a screen wants besides its new state. */
export interface Wishes {
  readonly effects?: readonly Effect[];
  /** Goes to another screen; `back` goes to the one before. */
  readonly go?: Go;
  /** Asks for a text on the bottom line; the answer comes as an event. `live`: every change comes, too. */
  readonly ask?: {
    readonly prompt: string;
    readonly label: string;
    readonly text?: string;
    readonly live?: boolean;
  };
  /** Says something on the bottom line. */
  readonly say?: string;
  /** Puts a text into the clipboard (OSC 52). */
  readonly copy?: string;
}

/** Where to. */
export type Go =
  | { readonly to: 'back' }
  | { readonly to: 'quit' }
  /**
   * With `session` another snapshot is browsed from there on, until one goes back; `replace` puts the screen in the place of this
   * one.
   */
  | {
      readonly to: string;
      readonly args: unknown;
      readonly session?: Session;
      readonly replace?: boolean;
    };

/** A screen's new state and its wishes. */
export interface Step<S> {
  readonly state: S;
  readonly wishes?: Wishes;
}

/** What screens know of the program around them. */
export interface ScreenContext {
  readonly session: Session;
  readonly size: Size;
}

/** A command of a screen with one argument: it comes as the answer to `prompt`, typed behind the name or asked for. */
export interface ScreenCommand {
  readonly name: string;
  readonly does: string;
  readonly prompt: string;
  readonly label: string;
}

/**
 * A screen: three pure functions and its words. `open` makes its state, `update` changes it, `view` draws it: at most
 * `size.height` lines, each fitted to `size.width` afterwards. The app keeps the stack, prompts, help and palette.
 */
export interface Screen<S = unknown, A = unknown> {
  readonly id: string;
  open(args: A, context: ScreenContext): Step<S>;
  update(state: S, event: ScreenEvent, context: ScreenContext): Step<S>;
  /** After a prompt that was left without an answer, where that matters. */
  left?(state: S, context: ScreenContext): Step<S>;
  view(state: S, context: ScreenContext): readonly Line[];
  /** The screen's part of the breadcrumbs. */
  title(state: S, context: ScreenContext): string;
  readonly keys: readonly KeyHelp[];
  /** What the palette can do on this screen beside its keys: `:goto account-5`. */
  readonly commands?: readonly ScreenCommand[];
  /** What the palette says it does; absent: it cannot be opened from there, since it needs arguments. */
  readonly palette?: string;
  /** The command line that prints this view, without `statewright`; undefined where there is none. */
  command?(state: S, context: ScreenContext): string | undefined;
}

/** Takes a screen for one whose state nobody else looks into. */
export function anyScreen<S, A>(screen: Screen<S, A>): Screen {
  return screen as unknown as Screen;
}
