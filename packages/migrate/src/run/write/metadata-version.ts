import type { OperatorState } from '@statewright/savepoint';
import type { PlannedOperator } from '../../job/planned-job.js';

/** The last metadata version that Flink 1.x reads (1.16 to 1.20), and one that it reads without checkpoint properties. */
const LAST_OF_1 = 4;
const WITHOUT_PROPERTIES = 3;
/** The first with names and uids of operators (2.0), and the one of Flink 2.1 to 2.3. */
const FIRST_OF_2 = 5;
const LAST_OF_2 = 6;

/**
 * The metadata version for a release. Checkpoint properties are Java objects of the release that wrote them: Flink 1.x is not
 * asked to read those of 2.x, and a file that has none cannot become one of a version that needs them.
 */
export function metadataVersionFor(version: number, flinkVersion: string | undefined): number {
  if (flinkVersion === undefined) return version;
  const [major, minor] = flinkVersion.split('.').map(Number);
  if (major === 1) return version <= LAST_OF_1 ? version : WITHOUT_PROPERTIES;
  if (version < LAST_OF_1) return version;
  return minor === 0 ? FIRST_OF_2 : LAST_OF_2;
}

/** Name and uid as a version stores them: empty for none, and not at all before version 5. */
export function withNames(
  planned: PlannedOperator,
  old: OperatorState | undefined,
  version: number,
): Pick<OperatorState, 'operatorName' | 'operatorUid'> {
  if (version < FIRST_OF_2) return { operatorName: undefined, operatorUid: undefined };
  const { source } = planned;
  const kept = <T>(now: T, before: T, stored: T | undefined): T =>
    stored !== undefined && now === before ? stored : now;
  return {
    operatorName: kept(planned.name, source?.name, old?.operatorName) ?? '',
    operatorUid: kept(planned.uid, source?.uid, old?.operatorUid) ?? '',
  };
}
