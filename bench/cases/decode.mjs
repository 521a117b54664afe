import path from 'node:path';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { cat } from '../lib/cat.mjs';
import { inTurns, program, timed } from '../lib/measure.mjs';
import { quotient, ratio, row } from '../lib/summary.mjs';

const READ = 'fixtures/generator/bench-read.sh';

function ours(savepoint, workers) {
  const args = [savepoint.path, '--workers', String(workers)];
  return {
    id: `workers-${workers}`,
    label: workers === 1 ? 'statewright, one thread' : `statewright, ${workers} workers`,
    command: `node bench/programs/decode.mjs ${args.join(' ')}`,
    run: () => program('decode.mjs', ...args),
  };
}

/** What the machine gives to two that share nothing: each decodes all of it, and both are done after the slower one. */
function twoProcesses(savepoint) {
  return {
    id: 'processes-2',
    label: 'statewright, 2 processes, each all of it',
    command: `node bench/programs/decode.mjs ${savepoint.path}, twice at the same time`,
    async run() {
      const both = await Promise.all([1, 2].map(() => program('decode.mjs', savepoint.path)));
      const most = (name) => Math.max(...both.map((each) => each[name]));
      return { seconds: most('seconds'), wallSeconds: most('wallSeconds'), peakBytes: most('peakBytes') };
    },
  };
}

/** Flink's own reader; its time is that of the job alone, without the start of the JVM and of the cluster. */
function stateProcessor(savepoint, { line, limitSeconds, runs }, backend) {
  const args = ['--flink', line, '--snapshot', savepoint.path, '--backend', backend, '--parallelism', '2'];
  return {
    id: `state-processor-api-${backend}`,
    label: `State Processor API, ${backend}, parallelism 2`,
    command: [READ, ...args].join(' '),
    runs,
    async run() {
      const { output, ...rest } = await timed(path.join(ROOT, READ), args, { limitSeconds });
      if (rest.stopped) return rest;
      const { seconds, entries, rawEntries } = JSON.parse(output.trim().split('\n').at(-1));
      return { seconds, wallSeconds: rest.seconds, entries, rawEntries, peakBytes: rest.peakBytes };
    },
  };
}

/** Both sides must have seen the same, or their rates do not compare. */
function checkCounts(results) {
  const counted = results.flat().filter(({ entries }) => entries !== undefined);
  const [{ entries, rawEntries }] = counted;
  for (const other of counted) {
    if (other.entries === entries && other.rawEntries === rawEntries) continue;
    throw new Error(`entries differ: ${JSON.stringify(other)} but ${JSON.stringify(counted[0])}`);
  }
  return { entries, rawEntries };
}

/** What a contender works through in one run. */
function amountOf(id, { bytes }, { entries, rawEntries }) {
  if (id === 'cat') return { bytes };
  const times = id === 'processes-2' ? 2 : 1;
  return { bytes: times * bytes, entries: times * entries, rawEntries: times * rawEntries };
}

function ratiosOf([one, two, both, copied, ...flinks]) {
  const [flink] = flinks
    .filter(({ seconds }) => seconds !== undefined)
    .sort((a, b) => a.seconds.median - b.seconds.median);
  const toFlink = (ours) => quotient(ours.entriesPerSecond, flink?.entriesPerSecond);
  const wall = quotient(flink?.wallSeconds.median, one.wallSeconds.median);
  return [
    ratio("entries a second, to the State Processor API's", toFlink(one), 'x', { least: 10 }),
    ratio("the same, to its best run's", quotient(flink?.seconds.min, one.seconds.median), 'x'),
    ratio('the same with two workers', toFlink(two), 'x'),
    ratio('the same from start to end, one thread', wall, 'x'),
    ratio('one thread', one.bytesPerSecond / 1e6, 'MB/s', { least: 150 }),
    ratio('two workers, to one thread', two.bytesPerSecond / one.bytesPerSecond, 'x', { least: 1.7 }),
    ratio('two processes, to one', both.bytesPerSecond / one.bytesPerSecond, 'x'),
    ratio("time, to cat's", one.seconds.median / copied.seconds.median, 'x'),
  ];
}

export const decode = {
  id: 'decode',
  title: 'every entry of every state to a value, none kept',
  async measure(savepoint, { runs, flink }) {
    const contenders = [
      ours(savepoint, 1),
      ours(savepoint, 2),
      twoProcesses(savepoint),
      cat(savepoint),
      ...flink.backends.map((backend) => stateProcessor(savepoint, flink, backend)),
    ];
    const results = await inTurns(runs, contenders);
    const counts = checkCounts(results);
    const rows = contenders.map((contender, i) =>
      row(contender, results[i], amountOf(contender.id, savepoint, counts)),
    );
    const ratios = ratiosOf(rows);
    const notes = [
      `an entry is one state under one key: ${counts.entries}; a raw entry is what is stored, a map's entry each: ${counts.rawEntries}`,
    ];
    return { rows, ratios, notes };
  },
};
