import { closest } from '@statewright/inspect';
import type { StateDeclaration } from '../schema/job-schema.js';
import type { Target } from '../verdict.js';
import type { Likely } from './pairs.js';
import { isSameType, placePairs } from './place-pairs.js';
import type { Resolver } from './resolver.js';

/** A state with its position among the states of its operator. */
export interface Placed {
  readonly state: StateDeclaration;
  readonly position: number;
}

interface Candidate {
  readonly lost: Placed;
  readonly found: Placed;
  readonly sameType: boolean;
  readonly similar: boolean;
  readonly samePosition: boolean;
}

/**
 * For lost states of one name space, which new state of it each is likely to be: one of the same kind whose type Flink
 * would take for the old one's. The same type counts most, then a similar name, then the position. Each new state is
 * proposed once.
 */
export function likelyStates(
  lost: readonly Placed[],
  found: readonly Placed[],
  target: Target,
  resolver: Resolver,
): ReadonlyMap<StateDeclaration, Likely & { readonly state: StateDeclaration }> {
  const candidates = lost
    .flatMap((one) => found.flatMap((other) => candidate(one, other, target, resolver) ?? []))
    .sort((a, b) => weight(b) - weight(a));
  const result = new Map<StateDeclaration, Likely & { readonly state: StateDeclaration }>();
  const taken = new Set<StateDeclaration>();
  for (const one of candidates) {
    const { state } = one.found;
    if (result.has(one.lost.state) || taken.has(state)) continue;
    taken.add(state);
    result.set(one.lost.state, { name: state.name, because: because(one, candidates), state });
  }
  return result;
}

function candidate(lost: Placed, found: Placed, target: Target, resolver: Resolver): Candidate | undefined {
  if (lost.state.kind !== found.state.kind) return undefined;
  const places = placePairs(lost.state, found.state, target, resolver);
  if (places.length === 0 || places.some(({ resolution }) => resolution.restores === 'no')) return undefined;
  return {
    lost,
    found,
    sameType: places.every(({ resolution }) => isSameType(resolution)),
    similar: closest(lost.state.name, [found.state.name], 1).length > 0,
    samePosition: lost.position === found.position,
  };
}

function weight({ sameType, similar, samePosition }: Candidate): number {
  return Number(sameType) * 4 + Number(similar) * 2 + Number(samePosition);
}

function because(one: Candidate, all: readonly Candidate[]): string {
  const rivals = all.filter(({ lost, sameType }) => lost === one.lost && sameType === one.sameType).length;
  const type = one.sameType ? 'the same kind and type' : 'the same kind and a type that Flink takes for it';
  const alone = rivals === 1 ? ' as the only new state' : ` as ${rivals} new states have`;
  const more = [
    ...(one.similar ? ['a similar name'] : []),
    ...(one.samePosition ? ['the same position'] : []),
  ];
  return `has ${type}${alone}${more.length === 0 ? '' : `, and ${more.join(' and ')}`}`;
}
