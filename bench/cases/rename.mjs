import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fromRoot } from '../../scripts/lib/paths.mjs';
import { inTurns, statewright, timed } from '../lib/measure.mjs';
import { CACHE } from '../lib/savepoint.mjs';
import { ratio, row } from '../lib/summary.mjs';

/** Before each run the output of the one before is gone, and nothing is left to be written for anybody. */
function fresh({ target, quick }, run) {
  return () => {
    rmSync(target, { recursive: true, force: true });
    if (!quick) execFileSync('sync');
    return run();
  };
}

function shell(id, label, script, place) {
  return {
    id,
    label,
    command: script,
    run: fresh(place, () => timed('sh', ['-c', script], { keep: false })),
  };
}

export const rename = {
  id: 'rename',
  title: 'a renamed state, written as a new savepoint, from start to end of the program',
  async measure(savepoint, { runs, quick }) {
    mkdirSync(CACHE, { recursive: true });
    const target = path.join(CACHE, quick ? 'renamed-quick' : 'renamed');
    const place = { target, quick };
    const out = fromRoot(target);
    const args = ['rename', savepoint.path, savepoint.state, 'renamed', '-o', out, '--quiet'];
    const contenders = [
      {
        id: 'rename',
        label: 'statewright rename',
        command: `statewright ${args.join(' ')}`,
        run: fresh(place, () => statewright(args)),
      },
      shell('cp-sync', 'cp -r, sync', `cp -r ${savepoint.path} ${out} && sync ${out}/* ${out}`, place),
      shell('cp', 'cp -r', `cp -r ${savepoint.path} ${out}`, place),
    ];
    const results = await inTurns(runs, contenders);
    rmSync(target, { recursive: true, force: true });
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
