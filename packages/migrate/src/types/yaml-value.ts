import { StatewrightError } from '@statewright/bytes';
import type { SerializerSnapshot } from '@statewright/serializers';
import { fromJson } from '../entries/from-json.js';
import type { PlanStep } from '../plan/plan.js';

/** The decoded value that an option holds in the JSON mapping; the step's error when it does not fit the type. */
export function valueOption(
  step: PlanStep,
  option: string,
  type: SerializerSnapshot,
  json: unknown = step.options[option],
): unknown {
  try {
    return fromJson(type)(json);
  } catch (cause) {
    if (cause instanceof StatewrightError) throw step.error([option], cause.reason, cause.next);
    throw cause;
  }
}
