import type { StateStream } from '@statewright/savepoint';
import type { PlannedJob, PlannedOperator } from '../../job/planned-job.js';
import { operatorLabel } from '../../job/select.js';
import { cannotMigrate, type WriteSettings } from '../resolve-plan.js';

/** Throws NOT_SUPPORTED for what an operator holds and no result can have with its meaning. */
export function checkOperator(
  job: PlannedJob,
  planned: PlannedOperator,
  { dropInFlight }: WriteSettings,
): void {
  const { source } = planned;
  if (source === undefined) return;
  const { handles, bytes } = source.channelState;
  if (handles > 0 && !dropInFlight) {
    const reason = `operator ${operatorLabel(planned)} holds ${bytes} bytes of in-flight records in ${handles} channels`;
    throw cannotMigrate('channel state', reason, 'take an aligned savepoint, or drop the records');
  }
  for (const stream of source.streams) checkStream(job, planned, stream);
}

function checkStream({ savepoint }: PlannedJob, planned: PlannedOperator, { format }: StateStream): void {
  const who = `operator ${operatorLabel(planned)}`;
  if (format === 'changelog') {
    const reason = `${who} has a changelog, which this release does not write`;
    throw cannotMigrate(
      'changelog state',
      reason,
      'take a savepoint in canonical format and migrate that one',
    );
  }
  if (format === 'rocksdb' && savepoint.snapshotType !== 'savepoint') {
    const reason = `${who} shares RocksDB files with other checkpoints of its job`;
    throw cannotMigrate('incremental checkpoint', reason, 'take a savepoint and migrate that one');
  }
}
