import { findState, getLines } from '@statewright/inspect';
import { jsonText, safeJson } from '@statewright/report';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { openSnapshot } from '../open.js';
import { formatOption, SNAPSHOT_ARGUMENT, SNAPSHOT_OPTIONS, STATE_ARGUMENT, textOption } from '../options.js';
import { requireReadable } from '../require-readable.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** What is under a key. */
export const getCommand: Command = {
  arguments: [SNAPSHOT_ARGUMENT, STATE_ARGUMENT],
  options: [
    { flags: '-k, --key <JSON>', description: 'the key; plain text where keys are strings', required: true },
    { flags: '--namespace <JSON>', description: 'only this namespace (a window)' },
    formatOption('ndjson', 'json'),
    { flags: '--typed', description: 'numbers keep their Flink type: {"long":"5"}' },
    ...SNAPSHOT_OPTIONS,
  ],
  examples: [
    {
      line: `${SNAPSHOT} fraud-detector/seen-merchants --key '"account-7"'`,
      does: 'the value under one key',
    },
    {
      line: `${SNAPSHOT} rules/rules --key limit-1 --format json`,
      does: 'broadcast state: its entry in each subtask',
    },
  ],
  notes: [
    'Prints a line for each namespace. Only the key group of the key is read where the type of the key determines its hash (strings, numbers, tuples of them); else the whole state is searched.',
    'A key that is not there prints nothing on stdout, says so on stderr, and ends with 1.',
  ],
  async run(context, [path, address], options) {
    const { savepoint, describe } = await openSnapshot(context, path!, options);
    const state = findState(savepoint, address!);
    requireReadable([state]);
    const key = textOption(options, 'key')!;
    let found = 0;
    const lines = getLines(savepoint, state, describe, {
      key,
      namespace: textOption(options, 'namespace'),
      typed: options.typed === true,
      progress: (done, total) => context.log.progress('searching', done, total, `${found} found`),
    });
    for await (const line of lines) {
      found++;
      const text = options.format === 'json' ? jsonText(JSON.parse(line), 2) : safeJson(line);
      await context.stdout.write(`${text}\n`);
    }
    if (found > 0) return EXIT.clean;
    context.log.error(`${address} has no entry under the key ${key}`);
    return EXIT.failed;
  },
};
