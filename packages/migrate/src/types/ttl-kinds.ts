import type { StateKind } from '@statewright/savepoint';

/** The kinds of state that can have TTL. */
export const KEYED_KINDS: readonly StateKind[] = ['value', 'list', 'map', 'reducing', 'aggregating'];
