import type { DiffView } from '@statewright/inspect';
import { jsonText } from '../json-text.js';
import { ndjsonDiffWriter } from '../text/diff-ndjson.js';
import type { AnyView, Renderer } from './renderer.js';

/** One JSON object a line, told apart by `record`: the snapshot first, then each part; of findings, the summary last. */
export const ndjsonRenderer: Renderer = {
  format: 'ndjson',
  *render(view: AnyView) {
    if (view.view === 'diff') {
      yield* diffLines(view);
      return;
    }
    const { schemaVersion } = view;
    if ('snapshot' in view && view.snapshot !== null)
      yield jsonText({ schemaVersion, record: 'snapshot', view: view.view, ...view.snapshot });
    for (const { record, part } of partsOf(view)) yield jsonText({ schemaVersion, record, ...part });
  },
};

interface Part {
  readonly record: string;
  readonly part: object;
}

const parts = (record: string, list: readonly object[]): Part[] => list.map((part) => ({ record, part }));

function* diffLines(view: DiffView): Iterable<string> {
  const writer = ndjsonDiffWriter();
  yield* writer.head(view);
  for (const change of view.changes) yield* writer.change(change);
  yield* writer.tail(view);
}

function partsOf(view: Exclude<AnyView, DiffView>): readonly Part[] {
  switch (view.view) {
    case 'inspect':
      return parts('operator', view.operators);
    case 'bytes':
      return parts('part', view.parts);
    case 'schema':
    case 'stats':
      return parts('state', view.states);
    case 'check': {
      const { schemaVersion, snapshot, states, findings, rules, ...summary } = view;
      return [...parts('state', states), ...parts('finding', findings), { record: 'summary', part: summary }];
    }
    case 'lint': {
      const { schemaVersion, snapshot, findings, rules, ...summary } = view;
      return [...parts('finding', findings), { record: 'summary', part: summary }];
    }
    case 'plan':
    case 'apply':
    case 'verify':
      return parts('state', view.states);
    case 'explain-rule':
      return parts('rule', [view.rule]);
    case 'explain-rules':
      return parts('rule', view.rules);
    case 'explain-log':
      return parts('cause', view.causes);
  }
}
