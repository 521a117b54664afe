import type { Command } from '../command.js';
import { SNAPSHOT_ARGUMENT, textOption } from '../options.js';
import { APPLY_OPTIONS, applyStep } from '../run-apply.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-hashmap-checkpoint';

/** A new snapshot whose metadata names its files by other paths. */
export const relocateCommand: Command = {
  arguments: [SNAPSHOT_ARGUMENT],
  options: [
    {
      flags: '--to <URI>',
      description: 'directory that the output will be moved to; default: paths relative to the metadata file',
    },
    ...APPLY_OPTIONS,
  ],
  examples: [
    {
      line: `${SNAPSHOT} -o movable-checkpoint`,
      does: 'a checkpoint that can be moved and copied like a savepoint',
    },
    {
      line: `${SNAPSHOT} --to s3://flink/restored -o to-upload`,
      does: 'files that will be uploaded to a bucket',
    },
  ],
  notes: ['The plan relocate, carried out at once. State is copied as bytes.'],
  async run(context, [snapshot], options) {
    const to = textOption(options, 'to');
    return applyStep(context, snapshot!, { relocate: to === undefined ? {} : { to } }, options);
  },
};
