import type { StateDeclaration } from '../schema/job-schema.js';

/** Where a name of a state means one thing: Flink keeps these apart. */
export type Space = 'keyed' | 'timer' | 'list' | 'broadcast';

/**
 * The name space of a state. Keyed state, timers, operator lists (split and union together) and broadcast state have one
 * each: `DefaultOperatorStateBackend` (Flink 1.20 and 2.3) keeps lists and broadcast state in two maps.
 */
export function spaceOf({ kind, key, namespace }: StateDeclaration): Space {
  if (kind === 'timer') return 'timer';
  if (kind === 'broadcast') return 'broadcast';
  if (kind === 'operator-list' || kind === 'union-list') return 'list';
  return kind === 'unknown' && key === undefined && namespace === undefined ? 'list' : 'keyed';
}

/** Whether Flink refuses one kind under the name of the other; kinds that nobody knows are not compared. */
export function kindsDiffer(old: StateDeclaration, now: StateDeclaration): boolean {
  return old.kind !== now.kind && old.kind !== 'unknown' && now.kind !== 'unknown';
}
