import type { ViewDocument } from '@statewright/inspect';
import { jsonText } from '../json-text.js';
import type { Renderer } from './renderer.js';

/** One JSON object a line: the snapshot first, then each part, told apart by `record`. */
export const ndjsonRenderer: Renderer = {
  format: 'ndjson',
  *render(view: ViewDocument) {
    const { schemaVersion } = view;
    yield jsonText({ schemaVersion, record: 'snapshot', view: view.view, ...view.snapshot });
    for (const { record, part } of partsOf(view)) yield jsonText({ schemaVersion, record, ...part });
  },
};

function partsOf(view: ViewDocument): readonly { readonly record: string; readonly part: object }[] {
  switch (view.view) {
    case 'inspect':
      return view.operators.map((part) => ({ record: 'operator', part }));
    case 'bytes':
      return view.parts.map((part) => ({ record: 'part', part }));
    case 'schema':
    case 'stats':
      return view.states.map((part) => ({ record: 'state', part }));
  }
}
