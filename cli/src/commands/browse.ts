import process from 'node:process';
import { parseDuration } from '@statewright/report';
import type { SessionOptions } from '@statewright/tui';
import { applyOptions } from '../apply-options.js';
import type { Command, OptionValues } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { fail } from '../fail.js';
import { barStyleOf } from '../io/log.js';
import { MIGRATE_OPTIONS } from '../migration.js';
import { hungUp, onExit } from '../on-exit.js';
import { openBrowsed } from '../open-browsed.js';
import { SNAPSHOT_ARGUMENT, textOption } from '../options.js';
import { ruleUrl } from '../rule-pages.js';
import { withScratch } from '../scratch.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** The width of a page where nothing tells it. */
const PAGE = 100;

/** The terminal browser. */
export const browseCommand: Command = {
  arguments: [
    {
      ...SNAPSHOT_ARGUMENT,
      description:
        "a snapshot's directory, a _metadata file, or a directory of checkpoints and savepoints (they are listed)",
    },
  ],
  options: [
    { flags: '--ascii', description: 'draw with ASCII characters only' },
    {
      flags: '--redact <PATHS>',
      description:
        'mask these parts of entries wherever they are shown: key,value.email,value.address.street',
    },
    { flags: '--ttl <DURATION>', description: 'show what remains of entries with this time to live: 7d' },
    ...MIGRATE_OPTIONS,
  ],
  examples: [
    { line: SNAPSHOT, does: 'operators, states, keys and values of a snapshot' },
    {
      line: 'fixtures/stories/pojo-field-added/flink2.3',
      does: 'the snapshots of a directory, the newest first',
    },
    { line: `${SNAPSHOT} --redact key,value`, does: 'the same where nobody may see the data' },
  ],
  notes: [
    'Press ? for the keys of where you are. Where stdout is no terminal the first screen is printed as text.',
    'A plan that is put together there is tried and applied with the options that plan and apply take.',
  ],
  async run(context, [named], options) {
    // React reads it when it is loaded, and is slow without.
    process.env.NODE_ENV ??= 'production';
    const [{ savepoint, path, fs, directory }, { browse, browseText }] = await Promise.all([
      openBrowsed(context, named!, options),
      import('@statewright/tui'),
    ]);
    const { isTerminal, colour, hyperlinks, width } = context.terminal;
    const session = await sessionOptions(options);
    const request = {
      savepoint,
      path,
      directory,
      now: () => session.migrate?.clock?.() ?? Date.now(),
      colour,
      ascii: options.ascii === true || barStyleOf(process.env).ascii,
      ruleUrl: hyperlinks ? ruleUrl : undefined,
      session,
    };
    if (!isTerminal || process.stdin.isTTY !== true || process.env.TERM === 'dumb') {
      await context.stdout.write(`${await browseText(request, Number.isFinite(width) ? width : PAGE)}\n`);
      return EXIT.clean;
    }
    const failed = (error: unknown) => fail(error, context.log, options.debug === true);
    const left = await withScratch(fs, (scratch) =>
      browse(
        { ...request, session: { ...session, scratch } },
        { stdin: process.stdin, stdout: process.stdout, onExit: (leave) => onExit(leave, failed) },
      ),
    );
    return left ? EXIT.clean : hungUp();
  },
};

/** What plans are tried and applied with is what `plan` and `apply` would make of the same options. */
async function sessionOptions(options: OptionValues): Promise<SessionOptions> {
  const redact = textOption(options, 'redact')?.split(',');
  const ttl = textOption(options, 'ttl');
  const migrate = await applyOptions(options);
  return { redact, ttlMillis: ttl === undefined ? undefined : parseDuration(ttl), migrate };
}
