import type { State } from '@statewright/savepoint';
import type { TypeDescription } from '@statewright/serializers';
import type { Session } from '../data/session.js';
import type { PlaceState, PlanPlace } from './place.js';

/** A state of the snapshot beside what the draft makes of it. */
export interface PlannedRow {
  /** The operator of the snapshot, 32 hex digits; undefined for one that the plan makes. */
  readonly operator: string | undefined;
  /** What later steps call the operator. */
  readonly operatorName: string;
  /** Undefined for a state that is left out. */
  readonly now: State | undefined;
  /** Undefined for a state that is new. */
  readonly was: State | undefined;
}

/** All states, as the steps of the draft leave them as far as that is known; those that are left out come after the others. */
export function plannedRows({ savepoint, draft }: Session): readonly PlannedRow[] {
  const { job, savepoint: planned } = draft.tried ?? {};
  const states = savepoint.operators.flatMap((operator) => operator.states);
  if (job === undefined || planned === undefined) return states.map((state) => sameRow(state));
  const seen = new Set<State>();
  const rows = job.operators.flatMap(({ source, uid, id, states: own }, i) =>
    own.map(({ feeds }, j): PlannedRow => {
      const from = feeds.flatMap((feed) => (feed.type === 'state' ? [feed.from] : []));
      const olds = from.map((one) => states.find((state) => isSame(state, one)));
      for (const old of olds) if (old !== undefined) seen.add(old);
      const now = planned.operators[i]!.states[j];
      return { operator: source?.id, operatorName: uid ?? id, now, was: olds[0] };
    }),
  );
  const left = states.filter((state) => !seen.has(state));
  return [...rows, ...left.map((state) => ({ ...sameRow(state), now: undefined }))];
}

function sameRow(state: State): PlannedRow {
  const { id, uid } = state.operator;
  return { operator: id, operatorName: uid ?? id, now: state, was: state };
}

/** The same state, also of a snapshot that was opened twice. */
function isSame(one: State, other: State): boolean {
  return one.operator.id === other.operator.id && one.name === other.name && one.kind === other.kind;
}

/** The types of a state's entries; undefined for what it does not have. */
export interface PartTypes {
  readonly key: TypeDescription | undefined;
  readonly namespace: TypeDescription | undefined;
  readonly value: TypeDescription;
}

/** The types of a state. */
export function typesOf({ describe }: Session, state: State): PartTypes {
  const { keySerializer: key, namespaceSerializer, valueSerializer } = state;
  // Outside of windows every entry has the same namespace.
  const isVoid = namespaceSerializer?.className.includes('VoidNamespaceSerializer') === true;
  const namespace = isVoid ? undefined : namespaceSerializer;
  return {
    key: key && describe(key),
    namespace: namespace && describe(namespace),
    value: describe(valueSerializer),
  };
}

/** A state as a place of the plan. */
export function statePlace(session: Session, row: PlannedRow & { readonly now: State }): PlanPlace {
  const { name, kind, ttl } = row.now;
  const { value } = typesOf(session, row.now);
  const state: PlaceState = { address: `${row.operatorName}/${name}`, name, kind, ttl, value };
  return { level: 'state', operator: row.operatorName, state };
}

/** The place of a state of the snapshot; undefined where the plan leaves it out. */
export function placeOfState(
  session: Session,
  wanted: { readonly operator: string; readonly state: string; readonly kind: string },
): PlanPlace | undefined {
  const row = plannedRows(session).find(
    ({ was }) =>
      was?.operator.id === wanted.operator && was.name === wanted.state && was.kind === wanted.kind,
  );
  return row?.now === undefined ? undefined : statePlace(session, { ...row, now: row.now });
}
