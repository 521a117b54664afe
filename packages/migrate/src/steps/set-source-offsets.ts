import { readEntries, type Savepoint } from '@statewright/savepoint';
import { changedFeeds } from '../entries/change-entries.js';
import { itemsOf, withItems } from '../entries/items.js';
import { type OffsetForm, offsetForm } from '../entries/offsets.js';
import type { EntriesChange } from '../job/entry-change.js';
import { withState } from '../job/plan-job.js';
import type { PlannedState } from '../job/planned-job.js';
import { selectState, stateLabel } from '../job/select.js';
import type { PlanStep } from '../plan/plan.js';
import { elementOf } from '../types/change-state.js';
import { options, STATE, text } from './options.js';
import type { StepRow } from './step.js';

/** A source goes on reading elsewhere. */
export const setSourceOffsets: StepRow = {
  verb: 'set-source-offsets',
  purpose: "give partitions in a source's operator state other offsets to go on reading from",
  category: 'rewriting',
  since: '0.1.0',
  options: options(
    {
      state: {
        ...STATE,
        description: `${String(STATE.description)}; of Kafka's source it is SourceReaderState`,
      },
      partition: {
        anyOf: [text('field'), { type: 'array', items: text('field'), minItems: 1 }],
        description:
          'field of an element that tells its partition (a.b, f0), or several, joined by -; of a split of Kafka left out',
      },
      offset: text('field of an element that is its offset; of a split of Kafka left out'),
      set: {
        type: 'object',
        minProperties: 1,
        additionalProperties: { type: ['integer', 'string'] },
        description: 'new offsets by partition, of Kafka TOPIC-NUMBER: an offset, earliest or committed',
      },
      policy: {
        enum: ['fail', 'skip'],
        description: 'a partition that the state does not have: fail (default), or skip: it is passed over',
      },
    },
    ['state', 'set'],
  ),
  example:
    'set-source-offsets: { state: orders-source/SourceReaderState, set: { orders-0: 120, orders-1: 7 } }',
  async apply(job, { step, change }) {
    const { operator, state } = selectState(job, step, 'state', ['operator-list', 'union-list']);
    const form = offsetForm(step, elementOf(state));
    const offsets = new Map(Object.entries(step.options.set as { readonly [partition: string]: unknown }));
    for (const [partition, offset] of offsets) {
      const reason = form.refuses(offset);
      if (reason !== undefined) throw step.error(['set', partition], reason);
    }
    if (step.options.policy !== 'skip') await expectPartitions(job.savepoint, step, state, form, offsets);
    const { kind } = state;
    const changed: EntriesChange = {
      type: 'entries',
      step: step.index,
      rekeys: false,
      open: () => (entry) => {
        const items = itemsOf(entry, kind).map((item) => {
          const partition = form.partitionOf(item.value);
          if (!offsets.has(partition)) return item;
          return { ...item, value: form.withOffset(item.value, offsets.get(partition)) };
        });
        return withItems(entry, kind, items);
      },
    };
    const what = [...offsets].map(([partition, offset]) => `${partition}: ${String(offset)}`).join(', ');
    change({
      mark: '~',
      address: stateLabel(operator, state),
      what: `offsets ${what}`,
      category: 'rewriting',
    });
    return withState(job, operator, state, { ...state, feeds: changedFeeds(state, step, changed) });
  },
};

/** Reads the state, which holds no more than a source has partitions, so that a name with a typo is told at once. */
async function expectPartitions(
  savepoint: Savepoint,
  step: PlanStep,
  { feeds, kind }: PlannedState,
  form: OffsetForm,
  offsets: ReadonlyMap<string, unknown>,
): Promise<void> {
  const known = new Set<string>();
  for (const feed of feeds) {
    if (feed.type === 'load' || feed.changes.length > 0) {
      throw step.error(
        [],
        'an earlier step changes this state',
        'put this step before it, or write policy: skip',
      );
    }
    for await (const batch of readEntries(savepoint, [feed.from])) {
      for (const entry of batch)
        for (const { value } of itemsOf(entry, kind)) known.add(form.partitionOf(value));
    }
  }
  const missing = [...offsets.keys()].find((partition) => !known.has(partition));
  if (missing === undefined) return;
  const some = [...known].slice(0, 8).join(', ');
  const next = known.size === 0 ? 'it has none' : `it has ${some}${known.size > 8 ? ' and others' : ''}`;
  throw step.error(['set', missing], `the state has no partition ${JSON.stringify(missing)}`, next);
}
