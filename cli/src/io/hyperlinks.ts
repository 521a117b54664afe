interface Stream {
  readonly isTTY?: boolean;
}

type Environment = { readonly [name: string]: string | undefined };

/** Programs that say who they are by TERM_PROGRAM, and the first version of each that takes links. */
const PROGRAMS: { readonly [name: string]: readonly [major: number, minor: number] } = {
  'iTerm.app': [3, 1],
  WezTerm: [20200620, 0],
  vscode: [1, 72],
  ghostty: [1, 0],
  zed: [0, 1],
};
/** Terminals that say who they are by TERM. */
const TERMS = /^(alacritty|xterm-kitty|xterm-ghostty|foot)/;
/** VTE 0.50.0 crashed at links. */
const VTE_SINCE = 5001;

/**
 * Whether a stream takes hyperlinks (OSC 8), by the conventions of other programs: FORCE_HYPERLINK decides; else a terminal that is
 * known to take them, and neither CI nor NO_COLOR nor TERM=dumb.
 */
export function takesHyperlinks(stream: Stream, env: Environment): boolean {
  const forced = env.FORCE_HYPERLINK;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (stream.isTTY !== true || env.TERM === 'dumb') return false;
  if ((env.NO_COLOR ?? '') !== '' || (env.CI ?? '') !== '') return false;
  if (env.WT_SESSION !== undefined || TERMS.test(env.TERM ?? '')) return true;
  if (env.VTE_VERSION !== undefined) return Number(env.VTE_VERSION) >= VTE_SINCE;
  const since = PROGRAMS[env.TERM_PROGRAM ?? ''];
  return since !== undefined && !isBefore(env.TERM_PROGRAM_VERSION ?? '', since);
}

function isBefore(version: string, [major, minor]: readonly [number, number]): boolean {
  const [has = 0, hasMinor = 0] = version.split(/[.-]/).map(Number);
  return has < major || (has === major && hasMinor < minor);
}
