import type { Savepoint } from '@statewright/savepoint';
import { AppMachine } from './app/app-machine.js';
import { draw } from './app/draw.js';
import { frame } from './app/frame.js';
import { Runtime } from './app/runtime.js';
import { type SessionOptions, sessionOf } from './data/session.js';
import { plainText } from './line/fit-line.js';
import { SCREENS } from './screens/index.js';
import { clipboardSequence, enterFullScreen } from './terminal/full-screen.js';
import { rowPainter } from './terminal/row-painter.js';
import { asciiText, type RuleUrl, themeOf } from './theme.js';

/** What the browser works on and with. */
export interface BrowseRequest {
  readonly savepoint: Savepoint;
  /** As it is called on the command line. */
  readonly path: string;
  /** The absolute directory whose snapshots are listed first; without it the operators of the snapshot are. */
  readonly directory?: string | undefined;
  readonly now: () => number;
  /** False with NO_COLOR. */
  readonly colour: boolean;
  /** Frames of ASCII only. */
  readonly ascii: boolean;
  /** The address of a rule's page, where the terminal takes hyperlinks. */
  readonly ruleUrl?: RuleUrl | undefined;
  readonly session?: SessionOptions;
}

/** The terminal that the browser takes. */
export interface BrowseTerminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** Calls back on SIGTERM, SIGHUP and at the end of the process; gives the function that ends it. */
  onExit(leave: () => void): () => void;
}

const TABLE = new Map(SCREENS.map((screen) => [screen.id, screen]));

function machineOf(
  { savepoint, path, directory, now, session }: BrowseRequest,
  width: number,
  height: number,
): AppMachine {
  return new AppMachine(
    sessionOf(savepoint, path, now, session),
    TABLE,
    { width, height },
    directory === undefined
      ? { to: 'overview', args: undefined }
      : { to: 'checkpoints', args: { directory } },
  );
}

/** Rows of a page that is printed. */
const UNBOUNDED = 10_000;

/**
 * Browses until the person leaves; the terminal is then as it was, whatever happened. False when the terminal went first. The first frame is there before ink and React are
 * loaded, which takes as long as all that comes before.
 */
export async function browse(
  request: BrowseRequest,
  { stdin, stdout, onExit }: BrowseTerminal,
): Promise<boolean> {
  const machine = machineOf(request, stdout.columns, stdout.rows);
  const leave = enterFullScreen(stdout);
  const done = onExit(leave);
  const theme = themeOf(request.colour, request.ascii, request.ruleUrl);
  const painter = rowPainter(stdout);
  draw(machine, theme, painter);
  // What is typed until then waits, and is not shown.
  stdin.setRawMode(true);
  const runtime = new Runtime(machine, (text) => stdout.write(clipboardSequence(text)));
  const gone = closed(stdin, stdout);
  let stop = (): void => {};
  try {
    const { startApp } = await import('./app/app.js');
    stop = startApp({ runtime, theme, painter }, stdin, stdout);
    return await Promise.race([runtime.left.then(() => true), gone.then(() => false)]);
  } finally {
    runtime.stop();
    stop();
    stdin.setRawMode(false);
    leave();
    done();
  }
}

/**
 * Resolves when nobody can press a key or see a screen any more: the terminal is gone, and its signal did not reach the program. What a stream
 * then says about each further call is no error of the program.
 */
function closed(stdin: NodeJS.ReadStream, stdout: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stdin.once('end', resolve);
    for (const stream of [stdin, stdout]) stream.once('close', resolve).on('error', () => resolve());
  });
}

/** The first screen as text, for where there is no terminal; it has as many rows as it needs. */
export async function browseText(request: BrowseRequest, width: number): Promise<string> {
  const machine = machineOf(request, width, UNBOUNDED);
  await new Runtime(machine, () => {}).idle();
  const lines = frame(machine.app, machine.context(), TABLE).slice(1, -1);
  const text = plainText(lines).trimEnd();
  return request.ascii ? text.split('\n').map(asciiText).join('\n') : text;
}
