import { addressOf, findOperator } from '@statewright/inspect';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { openSnapshot } from '../open.js';
import { formatOption, OUTPUT_OPTION, SNAPSHOT_ARGUMENT, SNAPSHOT_OPTIONS, textOption } from '../options.js';
import { writeRenamed } from '../write-renamed.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** A new snapshot in which one operator has another uid. */
export const renameOperatorCommand: Command = {
  arguments: [
    SNAPSHOT_ARGUMENT,
    { name: 'OP', description: 'the operator by uid, name or hash prefix' },
    { name: 'NEW-UID', description: 'the uid that the job now gives to it' },
  ],
  options: [OUTPUT_OPTION, formatOption('text', 'json'), ...SNAPSHOT_OPTIONS],
  examples: [
    {
      line: `${SNAPSHOT} fraud-detector fraud-scoring -o renamed-savepoint`,
      does: 'the operator has another uid now; Flink would refuse its state',
    },
  ],
  notes: [
    'Only the metadata changes: the operator gets the hash of the new uid as its id. All state is copied as bytes to the new directory DIR, which must not exist.',
  ],
  async run(context, [path, address, uid], options) {
    const snapshot = await openSnapshot(context, path!, options);
    const operator = findOperator(snapshot.savepoint, address!);
    const renames = { operators: [{ operator, uid: uid! }] };
    const names = { from: addressOf(operator), to: uid! };
    await writeRenamed(context, snapshot, renames, textOption(options, 'output')!, options, names);
    return EXIT.clean;
  },
};
