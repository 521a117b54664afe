import type { PathNote, Verdict } from '../verdict.js';
import type { PathVerdict, PlaceVerdict, StateVerdictView, VerdictWord } from '../views.js';
import { unreadableWhenDropped } from './dropped-serializers.js';
import type { JobPair, OperatorPair, PlacePair, StatePair } from './pairs.js';

const WORDS: { readonly [verdict in Verdict]: VerdictWord } = {
  AS_IS: 'compatible as is',
  WITH_RECONFIGURED_SERIALIZER: 'compatible with reconfigured serializer',
  AFTER_MIGRATION: 'compatible after migration',
  INCOMPATIBLE: 'incompatible',
  UNKNOWN: 'unknown',
};

/** From what leaves a state alone to what changes most. */
const BY_WEIGHT: readonly Verdict[] = ['AS_IS', 'WITH_RECONFIGURED_SERIALIZER', 'AFTER_MIGRATION'];

/** What a check says of each state of a job. */
export function stateVerdicts(job: JobPair): readonly StateVerdictView[] {
  return job.operators.flatMap((operator) =>
    operator.states.map((state) => stateVerdict(state, operator, job)),
  );
}

function stateVerdict(state: StatePair, operator: OperatorPair, job: JobPair): StateVerdictView {
  const { name, kind } = (state.old ?? state.now)!;
  const base = { address: state.address, operator: operator.address, name, kind };
  const places = state.places.map((place) => placeVerdict(state.address, place));
  if (state.mayBeHidden) {
    return { ...base, verdict: 'unknown', restores: 'unknown', readable: 'unknown', places };
  }
  if (state.now === undefined) {
    const refused =
      operator.now === undefined
        ? !job.allowNonRestored
        : unreadableWhenDropped(state, operator, job).length > 0;
    return { ...base, verdict: 'dropped', restores: refused ? 'no' : 'yes', readable: 'no', places };
  }
  if (state.old === undefined) {
    return { ...base, verdict: 'new', restores: 'yes', readable: 'yes', places };
  }
  return {
    ...base,
    verdict: wordOf(state),
    restores: restoresOf(state),
    readable: readableOf(state),
    places,
  };
}

/** What the places of a state come to, in one word. */
export function wordOf(state: StatePair): VerdictWord {
  const restores = restoresOf(state);
  if (restores === 'no') return 'incompatible';
  if (restores === 'unknown' || state.places.some(({ resolution }) => resolution.verdict === 'UNKNOWN')) {
    return 'unknown';
  }
  if (readableOf(state) === 'unknown') return 'opaque';
  const verdicts = new Set(state.places.map(({ resolution }) => resolution.verdict));
  return WORDS[BY_WEIGHT.findLast((verdict) => verdicts.has(verdict)) ?? 'AS_IS'];
}

function restoresOf({ places, kindsDiffer, old, now }: StatePair): StateVerdictView['restores'] {
  if (kindsDiffer || places.some(({ resolution }) => resolution.restores === 'no')) return 'no';
  const sameApi = old?.stateV2 === now?.stateV2;
  return !sameApi || places.length === 0 || places.some(({ resolution }) => resolution.restores === 'unknown')
    ? 'unknown'
    : 'yes';
}

function readableOf(state: StatePair): StateVerdictView['readable'] {
  const restores = restoresOf(state);
  if (restores !== 'yes') return restores;
  const answers = state.places.map(({ resolution }) => resolution.readable);
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
}

function placeVerdict(address: string, { label, resolution }: PlacePair): PlaceVerdict {
  const { verdict, throws, restores, readable, notes } = resolution;
  const paths = notes.map((note) => pathVerdict(`${address} > ${label}`, note));
  const thrown: PathVerdict[] =
    throws === undefined ? [] : [{ path: `${address} > ${label}`, verdict, readable: 'no', reason: throws }];
  return { place: label, verdict, restores, readable, paths: [...paths, ...thrown] };
}

function pathVerdict(base: string, { path, verdict, readable, reason }: PathNote): PathVerdict {
  return { path: [base, ...path].join(' > '), verdict, readable, reason };
}
