import { fromRoot } from '../../scripts/lib/paths.mjs';
import { inTurns, statewright, timed } from '../lib/measure.mjs';
import { fresh, outputOf, remove } from '../lib/output.mjs';
import { planFile } from '../lib/plans.mjs';
import { ratio, row } from '../lib/summary.mjs';

const TARGET = { most: 1.2 };

function apply(step, savepoint, quick, target) {
  const args = ['apply', savepoint.path, planFile(step, savepoint, quick), '-o', fromRoot(target), '--quiet'];
  return {
    id: `apply-${step}`,
    label: `statewright apply, ${step}`,
    command: `statewright ${args.join(' ')}`,
    run: fresh(target, quick, () => statewright(args)),
  };
}

function copy(id, label, script, quick, target) {
  const run = fresh(target, quick, () => timed('sh', ['-c', script], { keep: false }));
  return { id, label, command: script, run };
}

export const migrateCopy = {
  id: 'migrate-copy',
  title: 'plans that change metadata only, applied, from start to end of the program',
  async measure(savepoint, { runs, quick }) {
    const target = outputOf('migrated', quick);
    const out = fromRoot(target);
    const contenders = [
      apply('rename-state', savepoint, quick, target),
      apply('relocate', savepoint, quick, target),
      copy('cp-sync', 'cp -r, sync', `cp -r ${savepoint.path} ${out} && sync ${out}/* ${out}`, quick, target),
      copy('cp', 'cp -r', `cp -r ${savepoint.path} ${out}`, quick, target),
    ];
    const results = await inTurns(runs, contenders);
    remove(target);
    const rows = contenders.map((contender, i) => row(contender, results[i], { bytes: savepoint.bytes }));
    const [renamed, relocated, synced, copied] = rows.map(({ seconds }) => seconds.median);
    const ratios = [
      ratio("time of rename-state, to that of 'cp -r' and 'sync'", renamed / synced, 'x', TARGET),
      ratio("time of relocate, to that of 'cp -r' and 'sync'", relocated / synced, 'x', TARGET),
      ratio("time of rename-state, to that of 'cp -r' alone", renamed / copied, 'x'),
    ];
    const notes = [
      'apply returns when its files are on the disk, with checksums of all that it has read and written; cp makes none',
    ];
    return { rows, ratios, notes };
  },
};
