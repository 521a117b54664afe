import { renamedField } from '../../check/renamed-field.js';
import { type CheckRule, MISREAD } from './check-rule.js';

/** A field of a POJO that probably has another name now. */
export const POJO_FIELD_RENAMED: CheckRule = {
  row: {
    id: 'pojo-field-renamed',
    purpose: 'a field of a POJO that probably has another name now',
    level: 'data',
    severity: 'error',
    since: '0.1.0',
    docs: {
      what: 'A field of the snapshot is gone, and the class has a new one of the same type. Flink knows fields by name only: the old one counts as removed, the new one as added.',
      harm: 'The old values are read and dropped, and the new field starts with its default (null, 0), without a word.',
      remedy:
        'Keep the old name. To rename a field, add the new one, copy the values while the job runs, and drop the old one in a later version. If the two have nothing to do with each other, ignore this finding with a reason.',
    },
  },
  next: () => 'keep the old name, or copy the values while both fields are there',
  takes: (at) => renamedField(at) !== undefined,
  reason: (at) => `${at.note.reason}; it is probably called ${renamedField(at)} now`,
  taken: MISREAD,
};
