import { DataOutputView } from '@statewright/bytes';
import { compileCodec, MapValue, type SerializerSnapshot, toJson } from '@statewright/serializers';
import type { ChangeReport } from '../job/entry-change.js';
import type { PlannedJob } from '../job/planned-job.js';
import type { PlanStep } from '../plan/plan.js';
import { cannotChange } from './change-entries.js';

/** What happens to the second of two values with one key. */
export type Duplicates = 'fail' | 'first' | 'last';

/** What a list becomes: a map, and the positions in the list from which its entries are. */
export interface MappedList {
  readonly map: MapValue;
  readonly from: readonly number[];
}

/** Puts pairs into a map; keys are the same when their serializer writes the same bytes. */
export type ToMap = (pairs: readonly (readonly [unknown, unknown])[]) => MappedList;

/** How a step makes maps. */
export interface ToMapOptions {
  readonly step: PlanStep;
  readonly userKey: SerializerSnapshot;
  readonly duplicates: Duplicates;
  readonly formats: PlannedJob['savepoint']['formats'];
}

/** Compiles what makes maps of pairs. CANNOT_ENCODE for a key that is null, or there twice when that is to fail. */
export function mapMaker({ step, userKey, duplicates, formats }: ToMapOptions, report: ChangeReport): ToMap {
  const codec = compileCodec(userKey, { formats });
  const output = new DataOutputView();
  const bytesOf = (key: unknown): string => {
    output.clear();
    codec.write(output, key);
    return Buffer.from(output.view()).toString('latin1');
  };
  return (pairs) => {
    const positions = new Map<string, number>();
    pairs.forEach(([key], i) => {
      if (key === null || key === undefined) {
        report.count('null');
        throw cannotChange(step, `the key of value ${i} is null, which no map can have`);
      }
      const bytes = bytesOf(key);
      if (positions.has(bytes)) {
        if (duplicates === 'fail') throw twice(step, key);
        report.count('skipped');
        if (duplicates === 'first') return;
      }
      positions.set(bytes, i);
    });
    const from = [...positions.values()];
    return { map: new MapValue(from.map((i) => pairs[i]!)), from };
  };
}

function twice(step: PlanStep, key: unknown): Error {
  const next = 'say duplicates: first or duplicates: last';
  return cannotChange(step, `two values have the key ${toJson(key)}`, next);
}
