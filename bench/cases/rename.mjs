import { mkdirSync } from 'node:fs';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { inTurns, statewright, timed } from '../lib/measure.mjs';
import { fresh, outputOf, remove } from '../lib/output.mjs';
import { CACHE } from '../lib/savepoint.mjs';
import { ratio, row } from '../lib/summary.mjs';

function shell(id, label, script, { target, quick }) {
  return {
    id,
    label,
    command: script,
    run: fresh(target, quick, () => timed('sh', ['-c', script], { keep: false })),
  };
}

export const rename = {
  id: 'rename',
  title: 'a renamed state, written as a new savepoint, from start to end of the program',
  async measure(savepoint, { runs, quick }) {
    mkdirSync(CACHE, { recursive: true });
    const target = outputOf('renamed', quick);
    const place = { target, quick };
    const out = fromRoot(target);
    const args = ['rename', savepoint.path, savepoint.state, 'renamed', '-o', out, '--quiet'];
    const contenders = [
      {
        id: 'rename',
        label: 'statewright rename',
        command: `statewright ${args.join(' ')}`,
        run: fresh(target, quick, () => statewright(args)),
      },
      shell('cp-sync', 'cp -r, sync', `cp -r ${savepoint.path} ${out} && sync ${out}/* ${out}`, place),
      shell('cp', 'cp -r', `cp -r ${savepoint.path} ${out}`, place),
    ];
    const results = await inTurns(runs, contenders);
    remove(target);
    const rows = contenders.map((contender, i) => row(contender, results[i], { bytes: savepoint.bytes }));
    const [ours, synced, copied] = rows;
    const ratios = [
      ratio("time, to that of 'cp -r' and 'sync'", ours.seconds.median / synced.seconds.median, 'x', {
        most: 1.2,
      }),
      ratio("time, to that of 'cp -r' alone", ours.seconds.median / copied.seconds.median, 'x'),
    ];
    const notes = [
      "rename returns when its files are on the disk; 'cp' returns when they are in memory, so that 'sync' of the same files is part of its time",
    ];
    return { rows, ratios, notes };
  },
};
