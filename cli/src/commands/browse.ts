import process from 'node:process';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { openSnapshot } from '../open.js';
import { SNAPSHOT_ARGUMENT, SNAPSHOT_OPTIONS } from '../options.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** The width of a page where nothing tells it. */
const PAGE = 100;

/** The terminal browser. */
export const browseCommand: Command = {
  arguments: [SNAPSHOT_ARGUMENT],
  options: [{ flags: '--ascii', description: 'draw with ASCII characters only' }, ...SNAPSHOT_OPTIONS],
  examples: [{ line: SNAPSHOT, does: 'operators, states, keys and values of a snapshot' }],
  notes: [
    'Press ? for the keys of where you are. Where stdout is no terminal the first screen is printed as text.',
  ],
  async run(context, [path], options) {
    const { savepoint } = await openSnapshot(context, path!, options);
    // React reads it when it is loaded, and is slow without.
    process.env.NODE_ENV ??= 'production';
    const { browse, browseText } = await import('@statewright/tui');
    const { isTerminal, colour, width } = context.terminal;
    const request = {
      savepoint,
      path: path!,
      now: () => Date.now(),
      colour,
      ascii: options.ascii === true,
    };
    if (!isTerminal || process.stdin.isTTY !== true) {
      await context.stdout.write(`${browseText(request, Number.isFinite(width) ? width : PAGE)}\n`);
      return EXIT.clean;
    }
    await browse(request, { stdin: process.stdin, stdout: process.stdout, onExit });
    return EXIT.clean;
  },
};

/** Leaves full screen also when the process is told to end. */
function onExit(leave: () => void): () => void {
  const signalled = (): void => {
    leave();
    process.exit(EXIT.failed);
  };
  process.on('exit', leave);
  process.on('SIGTERM', signalled);
  process.on('SIGHUP', signalled);
  return () => {
    process.off('exit', leave);
    process.off('SIGTERM', signalled);
    process.off('SIGHUP', signalled);
  };
}
