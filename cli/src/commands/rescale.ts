import type { Command } from '../command.js';
import { countOption, SNAPSHOT_ARGUMENT, usage } from '../options.js';
import { APPLY_OPTIONS, applyStep } from '../run-apply.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** A new snapshot in which keyed state is spread over another number of key groups. */
export const rescaleCommand: Command = {
  arguments: [
    SNAPSHOT_ARGUMENT,
    { name: 'OP', description: 'the operator by uid, name or hash prefix; "*" for all' },
    { name: 'MAX-PARALLELISM', description: 'the new number of key groups, up to 32768' },
  ],
  options: [
    {
      flags: '--parallelism <N>',
      description: 'subtasks that the state is split over; default: as many as before',
    },
    ...APPLY_OPTIONS,
  ],
  examples: [
    {
      line: `${SNAPSHOT} fraud-detector 512 -o rescaled-savepoint`,
      does: 'the job can now grow to 512 subtasks',
    },
  ],
  notes: [
    'The plan set-max-parallelism, carried out at once. Each key is hashed as Java does it; keys whose hash their bytes do not tell (POJOs and enums, for example) are refused with the name of their class.',
  ],
  async run(context, [snapshot, operator, text], options) {
    const to = Number(text);
    if (!/^\d+$/.test(text!) || to < 1)
      throw usage('MAX-PARALLELISM', `"${text}" is no number of key groups`);
    const parallelism = countOption(options, 'parallelism', 1);
    const step = { operator, to, ...(parallelism === undefined ? {} : { parallelism }) };
    return applyStep(context, snapshot!, { 'set-max-parallelism': step }, options);
  },
};
