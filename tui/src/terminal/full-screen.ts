/** What full screen mode needs of a terminal's output. */
export interface Screenful {
  write(text: string): unknown;
}

const ENTER = '\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[?2004h\u001b[H';
const LEAVE = '\u001b[0m\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l';

/**
 * Takes the alternate screen, without a cursor and without wrapping of long rows, with pasted text marked as such, so that what was on the terminal comes back; gives the
 * function that leaves it, once.
 */
export function enterFullScreen(output: Screenful): () => void {
  output.write(ENTER);
  let left = false;
  return () => {
    if (left) return;
    left = true;
    output.write(LEAVE);
  };
}

/** The sequence that puts a text into the terminal's clipboard (OSC 52). */
export function clipboardSequence(text: string): string {
  return `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
}
