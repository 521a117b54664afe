/* What tmux's `capture-pane -e` gives: rows of text with SGR sequences, as runs of one look each. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: the start of a control sequence
const SGR = /\u001b\[([0-9;]*)m/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: hyperlinks, which a picture does not need
const LINK = /\u001b\]8;[^\u001b]*\u001b\\/g;

const PLAIN = { fg: undefined, bg: undefined, bold: false, dim: false, reverse: false };

/** A row as runs: `{ text, fg, bg, bold, dim, reverse }`; colours are numbers from 0 to 15. The look goes on in the next row. */
export function runsOf(row, look = PLAIN) {
  const runs = [];
  let at = 0;
  let now = look;
  const text = row.replace(LINK, '');
  const add = (part) => {
    if (part !== '') runs.push({ text: part, ...now });
  };
  for (const match of text.matchAll(SGR)) {
    add(text.slice(at, match.index));
    at = match.index + match[0].length;
    now = lookAfter(now, match[1]);
  }
  add(text.slice(at));
  return { runs, look: now };
}

function lookAfter(look, parameters) {
  const now = { ...look };
  for (const code of parameters.split(';').map(Number)) {
    if (code === 0) Object.assign(now, PLAIN);
    else if (code === 1) now.bold = true;
    else if (code === 2) now.dim = true;
    else if (code === 22) Object.assign(now, { bold: false, dim: false });
    else if (code === 7) now.reverse = true;
    else if (code === 27) now.reverse = false;
    else if (code >= 30 && code <= 37) now.fg = code - 30;
    else if (code === 39) now.fg = undefined;
    else if (code >= 40 && code <= 47) now.bg = code - 40;
    else if (code === 49) now.bg = undefined;
    else if (code >= 90 && code <= 97) now.fg = code - 82;
    else if (code >= 100 && code <= 107) now.bg = code - 92;
  }
  return now;
}
