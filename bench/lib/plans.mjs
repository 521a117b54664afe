import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { CACHE } from './savepoint.mjs';

/** The class that the large savepoint's values are of. */
const PROFILE = 'dev.statewright.fixtures.bench.Profile';

/** The steps that are measured, as YAML; the small savepoint has no POJO, so that its values change by an expression. */
const STEPS = {
  'rename-state': ({ state }) => `rename-state: { state: ${state}, to: renamed }`,
  relocate: () => 'relocate: { to: "s3://bucket/savepoint" }',
  'retype-field': ({ state }, quick) =>
    quick
      ? `map-values: { state: ${state}, value: value + value }`
      : `retype-field: { class: ${PROFILE}, field: visits, to: long }`,
  'set-max-parallelism': ({ state }) => `set-max-parallelism: { operator: ${state.split('/')[0]}, to: 4096 }`,
};

/** Writes the plan of one step; gives its path from the root. */
export function planFile(step, savepoint, quick) {
  mkdirSync(CACHE, { recursive: true });
  const file = path.join(CACHE, `${step}${quick ? '-quick' : ''}.yaml`);
  writeFileSync(file, `version: 1\nsteps:\n  - ${STEPS[step](savepoint, quick)}\n`);
  return fromRoot(file);
}
