import type { ErrorView, StateChangeView } from '@statewright/migrate';
import type { Mask } from '../../data/mask.js';
import type { RunView } from './state.js';

/** What a run tells without anything of the data where values are masked: samples, and the keys of what does not fit. */
export function masked(view: RunView, mask: Mask): RunView {
  if (mask.off) return view;
  if (view.view !== 'verify')
    return { ...view, states: view.states.map(withoutData), error: maskedError(view.error) };
  const { migration } = view;
  return {
    ...view,
    error: maskedError(view.error),
    migration: migration && { ...migration, states: migration.states.map(withoutData) },
  };
}

function withoutData(state: StateChangeView): StateChangeView {
  return { ...state, samples: [], failures: [] };
}

/** An error about entries names keys and values. */
function maskedError(error: ErrorView | null): ErrorView | null {
  if (error?.code !== 'CANNOT_ENCODE') return error;
  const reason = 'some entries do not fit, and which is not said while --redact masks values';
  return { ...error, message: `${error.code}: ${reason}`, reason };
}
