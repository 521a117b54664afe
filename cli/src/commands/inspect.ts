import { inspectView } from '@statewright/inspect';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { openSnapshot } from '../open.js';
import { formatOption, SNAPSHOT_ARGUMENT, SNAPSHOT_OPTIONS } from '../options.js';
import { printView } from '../print-view.js';

/** What is in a snapshot: operators, states, types, sizes. Costs the metadata, not the state. */
export const inspectCommand: Command = {
  arguments: [SNAPSHOT_ARGUMENT],
  options: [
    formatOption('text', 'json', 'ndjson'),
    { flags: '--streams', description: 'list the state streams of every subtask with their files, too' },
    ...SNAPSHOT_OPTIONS,
  ],
  examples: [
    {
      line: 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint',
      does: 'operators, states and sizes of a savepoint',
    },
    {
      line: 'fixtures/savepoints/fraud-detector-flink1.20-hashmap-savepoint --uid-candidates fraud-detector,rules',
      does: 'a savepoint of Flink 1.x holds hashes of uids only: name the uids that it may hold',
    },
  ],
  notes: [],
  async run(context, [path], options) {
    const { savepoint, describe } = await openSnapshot(context, path!, options);
    await printView(context, inspectView(savepoint, path!, describe), options, options.streams === true);
    return EXIT.clean;
  },
};
