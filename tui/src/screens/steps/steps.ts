import { escapeText } from '@statewright/report';
import { LIST_START, type ListState, moveList } from '../../components/list/state.js';
import { type Column, tableLines } from '../../components/list/table.js';
import { BLANK, line } from '../../line/line.js';
import { type PlanPlace, placeName } from '../../plan/place.js';
import type { PlanVerb } from '../../plan/verb.js';
import type { Screen } from '../../screen.js';

/** The steps that fit a place. */
export interface StepsArgs {
  readonly verbs: readonly PlanVerb[];
  readonly place: PlanPlace;
}

/** The steps, and where the cursor is. */
export interface StepsState extends StepsArgs {
  readonly list: ListState;
}

const HEAD_ROWS = 2;

const COLUMNS: readonly Column<PlanVerb>[] = [
  { head: 'STEP', cell: ({ verb }) => ({ text: verb, role: 'key' }) },
  { head: 'DOES', cell: ({ does }) => does, grows: true },
];

/** The steps that can be put into the plan where the cursor was. */
export const stepsScreen: Screen<StepsState, StepsArgs> = {
  id: 'steps',
  keys: [{ keys: 'enter', does: 'put it into the plan' }],
  open: (args) => ({ state: { ...args, list: LIST_START } }),
  update(state, event, { size }) {
    if (event.type !== 'key') return { state };
    const { verbs, place, list } = state;
    const verb = verbs[list.cursor];
    if ((event.key === 'enter' || event.key === 'right') && verb !== undefined) {
      return { state, wishes: { go: { to: 'step', args: { verb, place }, replace: true } } };
    }
    const moved = moveList(list, event.key, verbs.length, size.height - HEAD_ROWS - 1);
    return { state: moved === undefined ? state : { ...state, list: moved } };
  },
  view: ({ verbs, place, list }, { size }) => [
    line(`steps that fit ${escapeText(placeName(place))}`, 'dim'),
    BLANK,
    ...tableLines(COLUMNS, verbs, list, size.height - HEAD_ROWS, size.width),
  ],
  title: () => 'plan a step',
};
