/** What a piece of text is, for the theme to give it a look. */
export type Role =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'heading'
  | 'key'
  | 'number'
  | 'text'
  | 'type'
  | 'good'
  | 'warn'
  | 'bad'
  | 'opaque'
  | 'selected'
  | 'match'
  | 'border';

/** Text of one look. Control characters have been escaped: nothing in data reaches the terminal as a command. */
export interface Span {
  readonly text: string;
  readonly role?: Role | undefined;
  /** The id of a rule that the text names: a link to its page where the terminal takes links. */
  readonly rule?: string | undefined;
}

/** One row of the screen. `selected` gives the whole row the look of what the cursor is on. */
export interface Line {
  readonly spans: readonly Span[];
  readonly selected?: boolean | undefined;
}

/** A line of one span. */
export function line(text: string, role?: Role): Line {
  return { spans: [{ text, role }] };
}

/** A line of several spans. */
export function spans(...parts: readonly (Span | string)[]): Line {
  return { spans: parts.map((part) => (typeof part === 'string' ? { text: part } : part)) };
}

/** An empty row. */
export const BLANK: Line = { spans: [] };
