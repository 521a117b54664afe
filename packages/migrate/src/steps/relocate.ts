import { options, text } from './options.js';
import type { StepRow } from './step.js';

const ABSOLUTE = /^(\/|[a-zA-Z][a-zA-Z0-9+.-]*:)/;

/** The metadata file names state files by other paths. */
export const relocate: StepRow = {
  verb: 'relocate',
  purpose: 'name state files by where the output will lie, or relative to it, so that it can lie anywhere',
  category: 'metadata',
  since: '0.1.0',
  options: options(
    {
      to: text(
        'URI or absolute path of the directory that the output will be moved to; default: relative paths',
      ),
    },
    [],
  ),
  example: 'relocate: { to: "s3://flink/savepoints/savepoint-2" }',
  apply(job, { step, change }) {
    const to = step.options.to === undefined ? undefined : String(step.options.to).replace(/\/+$/, '');
    if (to !== undefined && !ABSOLUTE.test(to)) {
      const next = 'write it as file:/path or scheme://host/path';
      throw step.error(['to'], `${JSON.stringify(to)} is no URI and no absolute path`, next);
    }
    const what =
      to === undefined
        ? 'state files are named relative to the metadata file'
        : `state files are named below ${to}`;
    change({ mark: '>', address: 'all state files', what, category: 'metadata' });
    return { ...job, location: to };
  },
};
