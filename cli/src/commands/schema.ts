import { findStates, schemaView } from '@statewright/inspect';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { openSnapshot } from '../open.js';
import { formatOption, SNAPSHOT_ARGUMENT, SNAPSHOT_OPTIONS, STATES_ARGUMENT } from '../options.js';
import { printView } from '../print-view.js';

/** The type tree of every state. */
export const schemaCommand: Command = {
  arguments: [SNAPSHOT_ARGUMENT, STATES_ARGUMENT],
  options: [
    formatOption('text', 'json', 'ndjson'),
    { flags: '--json', description: 'the same as --format json' },
    ...SNAPSHOT_OPTIONS,
  ],
  examples: [
    {
      line: 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint',
      does: 'the types of all states',
    },
    {
      line: 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint fraud-detector/seen-merchants --json',
      does: 'one state, as JSON',
    },
  ],
  notes: [],
  async run(context, [path, address], options) {
    const { savepoint, describe } = await openSnapshot(context, path!, options);
    const states = findStates(savepoint, address);
    const format = options.json === true ? 'json' : options.format;
    await printView(context, schemaView(savepoint, path!, states, describe), { ...options, format });
    return EXIT.clean;
  },
};
