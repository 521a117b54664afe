import path from 'node:path';
import { fromRoot, ROOT } from '../../scripts/lib/paths.mjs';
import { inTurns, statewright, timed } from '../lib/measure.mjs';
import { fresh, outputOf, remove } from '../lib/output.mjs';
import { planFile } from '../lib/plans.mjs';
import { quotient, ratio, row } from '../lib/summary.mjs';

const REWRITE = 'fixtures/generator/bench-rewrite.sh';
const LIMIT_MB = 512;
/** Entries of the large savepoint as they are stored: of each key a value and five of a map. */
const RAW_ENTRIES_PER_KEY = 6;

/** The two changes: the plan's step, and what the State Processor API is told to do. */
const CHANGES = [
  ['retype-field', 'retype'],
  ['set-max-parallelism', 'rescale'],
];

function ours(step, savepoint, quick, target) {
  const args = ['apply', savepoint.path, planFile(step, savepoint, quick), '-o', fromRoot(target), '--quiet'];
  return {
    id: `apply-${step}`,
    label: `statewright apply, ${step}, two threads`,
    command: `statewright ${args.join(' ')}`,
    run: fresh(target, quick, () => statewright(args)),
  };
}

/** Flink's own way: a job that reads each key and writes a new savepoint. Its time is that of the job alone. */
function stateProcessor(change, savepoint, { line, limitSeconds, runs }, backend, target) {
  const args = ['--flink', line, '--snapshot', savepoint.path, '--out', fromRoot(target), '--change', change];
  const all = [...args, '--backend', backend, '--parallelism', '2'];
  return {
    id: `state-processor-api-${change}-${backend}`,
    label: `State Processor API, ${change}, ${backend}, parallelism 2`,
    command: [REWRITE, ...all].join(' '),
    runs,
    run: fresh(target, false, async () => {
      const { output, ...rest } = await timed(path.join(ROOT, REWRITE), all, { limitSeconds });
      if (rest.stopped) return rest;
      const { seconds } = JSON.parse(output.trim().split('\n').at(-1));
      return { seconds, wallSeconds: rest.seconds, peakBytes: rest.peakBytes };
    }),
  };
}

/** The faster backend of the rival counts. */
function fastest(rows) {
  return rows
    .filter(({ seconds }) => seconds !== undefined)
    .sort((a, b) => a.seconds.median - b.seconds.median)[0];
}

export const migrateRewrite = {
  id: 'migrate-rewrite',
  title: 'plans that rewrite entries, applied, from start to end of the program',
  async measure(savepoint, { runs, quick, flink }) {
    const target = outputOf('rewritten', quick);
    const groups = CHANGES.map(([step, change]) => [
      ours(step, savepoint, quick, target),
      ...flink.backends.map((backend) => stateProcessor(change, savepoint, flink, backend, target)),
    ]);
    const contenders = groups.flat();
    const results = await inTurns(runs, contenders);
    remove(target);
    const keys = Number(/profiles-(\d+)/.exec(savepoint.path)?.[1] ?? 0);
    const rawEntries = keys === 0 ? undefined : keys * RAW_ENTRIES_PER_KEY;
    const rows = contenders.map((each, i) => row(each, results[i], { bytes: savepoint.bytes, rawEntries }));
    const own = rows.filter(({ id }) => id.startsWith('apply-'));
    const ratios = CHANGES.map(([step, change], i) => {
      const rival = fastest(rows.filter(({ id }) => id.startsWith(`state-processor-api-${change}`)));
      const times = quotient(rival?.seconds.median, own[i].seconds.median);
      return ratio(`${step}: the State Processor API's time, to ours`, times, 'x', { least: 5 });
    });
    const most = Math.max(...own.map(({ peakBytes }) => peakBytes)) / 1e6;
    ratios.push(ratio('the most memory of ours', most, 'MB', { most: LIMIT_MB }));
    const notes = [
      "ours with the start of the program, the State Processor API's without that of the JVM and the cluster",
    ];
    return { rows, ratios, notes };
  },
};
