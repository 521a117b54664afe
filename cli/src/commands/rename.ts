import { addressOf, findState } from '@statewright/inspect';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { openSnapshot } from '../open.js';
import { formatOption, OUTPUT_OPTION, SNAPSHOT_ARGUMENT, SNAPSHOT_OPTIONS, textOption } from '../options.js';
import { writeRenamed } from '../write-renamed.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** A new snapshot in which one state has another name. */
export const renameCommand: Command = {
  arguments: [
    SNAPSHOT_ARGUMENT,
    { name: 'OP/OLD', description: 'the state: operator by uid, name or hash prefix, then its name' },
    { name: 'NEW', description: 'the name that the job now gives to its state descriptor' },
  ],
  options: [OUTPUT_OPTION, formatOption('text', 'json'), ...SNAPSHOT_OPTIONS],
  examples: [
    {
      line: `${SNAPSHOT} fraud-detector/seen-merchants merchants -o renamed-savepoint`,
      does: 'the job calls its state "merchants" now; Flink would drop "seen-merchants" in silence',
    },
  ],
  notes: [
    'Writes a new directory and never touches SNAPSHOT. Only the metadata and the headers that name the state change; entries are copied as bytes. An interrupted run leaves nothing that Flink would load. DIR must not exist.',
  ],
  async run(context, [path, address, name], options) {
    const snapshot = await openSnapshot(context, path!, options);
    const state = findState(snapshot.savepoint, address!);
    const renames = { states: [{ state, to: name! }] };
    const from = addressOf(state);
    const to = `${addressOf(state.operator)}/${name}`;
    await writeRenamed(context, snapshot, renames, textOption(options, 'output')!, options, { from, to });
    return EXIT.clean;
  },
};
