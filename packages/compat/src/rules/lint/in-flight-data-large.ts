import { counted, sizeText } from '../../lint/amounts.js';
import { atOperator } from '../../lint/found.js';
import type { LintRule } from './lint-rule.js';

/** Much in-flight data in an unaligned checkpoint. */
export const IN_FLIGHT_DATA_LARGE: LintRule = {
  row: {
    id: 'in-flight-data-large',
    purpose: 'an unaligned checkpoint with many records in flight',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'maxBytes',
        kind: 'bytes',
        default: 268_435_456,
        why: 'bytes of in-flight records of one operator; 256 MiB are seconds of backlog at usual rates',
      },
    ],
    docs: {
      what: 'The checkpoint is unaligned and holds the records that were in the network buffers of the operator: more than `maxBytes`.',
      harm: 'They are written with each checkpoint and read back before the job goes on. So much of it means backpressure: the operator does not keep up. A restore with another job graph loses such records or is refused.',
      remedy:
        'Find what is slow behind the operator. Buffer debloating (`taskmanager.network.memory.buffer-debloat.enabled`) keeps less in flight. Take a savepoint before changing the job.',
    },
  },
  needs: 'schema',
  *find({ operators }, threshold) {
    for (const operator of operators) {
      const { bytes, handles } = operator.operator.channelState;
      if (bytes <= threshold('maxBytes')) continue;
      yield atOperator(operator, {
        reason: `${sizeText(bytes)} of records are in flight in ${counted(handles, 'channel')}`,
        next: 'find what is slow behind it, and take a savepoint before changing the job',
      });
    }
  },
};
