import type { OperatorView, StateView } from '@statewright/inspect';
import { formatBytes, plural } from '../text/numbers.js';

/** How an operator is called: by its uid, else its name, else its id. */
export function operatorLabel({ uid, name, id }: OperatorView): string {
  return uid ?? name ?? id;
}

/** Parallelism, bytes, and what else it holds. */
export function operatorCaption(operator: OperatorView): string {
  const { parallelism, maxParallelism, stateBytes, coordinatorStateBytes, channelState } = operator;
  const parts = [
    `${parallelism} of ${maxParallelism}`,
    stateBytes === 0 ? 'no state' : formatBytes(stateBytes),
    operator.fullyFinished ? 'finished' : '',
    coordinatorStateBytes === null ? '' : `coordinator ${formatBytes(coordinatorStateBytes)}`,
    channelState.handles === 0 ? '' : plural(channelState.handles, 'in-flight channel'),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** What a state's type does not say. */
export function stateNotes(state: StateView): string[] {
  return [...(state.ttl ? ['ttl'] : []), ...(state.opaque.length === 0 ? [] : ['opaque'])];
}
