/* Measures what README.md promises, each figure beside its rival. See bench/README.md. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { build } from '../scripts/lib/build.mjs';
import { ROOT } from '../scripts/lib/paths.mjs';
import { inTurns, median, script, statewright, timed } from './lib/measure.mjs';
import { largeSavepoint } from './lib/savepoint.mjs';
import { short, table } from './lib/table.mjs';

const OPTIONS = {
  keys: { type: 'string', default: '1700000' },
  'flink-line': { type: 'string', default: '2.3' },
  flink: { type: 'boolean', default: true },
  rounds: { type: 'string', default: '5' },
};
const SMALL = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const STATE = 'profiles/profile';
const KEY_GROUPS = 128;

const mb = (bytes) => `${Math.round(bytes / 1e6)} MB`;
const rate = (bytes, seconds) => `${Math.round(bytes / seconds / 1e6)} MB/s`;
const seconds = (results) => median(results.map((each) => each.seconds));
const peak = (results) => Math.max(...results.map((each) => each.peakBytes));

/** Two processes at a time, each with half of the key groups: the time of the slower one. */
async function inTwo(directory) {
  const half = KEY_GROUPS / 2;
  const halves = await Promise.all([
    script('decode.mjs', directory, '0', String(half - 1)),
    script('decode.mjs', directory, String(half), String(KEY_GROUPS - 1)),
  ]);
  return {
    seconds: Math.max(...halves.map((each) => each.seconds)),
    peakBytes: Math.max(...halves.map((each) => each.peakBytes)),
  };
}

async function decoding({ directory, files, bytes }, rounds) {
  const { one, two, cat } = await inTurns(rounds, {
    one: () => script('decode.mjs', directory),
    two: () => inTwo(directory),
    cat: () => timed('cat', files, { stdio: ['ignore', 'ignore', 'inherit'] }),
  });
  const [{ entries }] = one;
  const perSecond = entries / seconds(one);
  return {
    perSecond,
    entries,
    rows: [
      ['full decode, 1 thread', `${short(perSecond)} entries/s`, `${short(entries)} entries`, '', ''],
      [
        '',
        rate(bytes, seconds(one)),
        `cat ${rate(bytes, seconds(cat))}`,
        ratio(seconds(cat) / seconds(one)),
        '>= 150 MB/s',
      ],
      [
        'full decode, 2 workers',
        rate(bytes, seconds(two)),
        '1 thread',
        ratio(seconds(one) / seconds(two)),
        '>= 1.7x',
      ],
      ['  peak memory', mb(peak(one)), '', '', '< 512 MB'],
    ],
  };
}

async function flinkReads({ directory }, line, perSecond) {
  const read = path.join(ROOT, 'fixtures/generator/bench-read.sh');
  const { output } = await timed(read, [
    '--flink',
    line,
    '--snapshot',
    directory,
    '--backend',
    'hashmap',
    '--parallelism',
    '2',
  ]);
  const result = JSON.parse(output.trim().split('\n').at(-1));
  const rival = `State Processor API ${line} ${short(result.entriesPerSecond)} entries/s`;
  return {
    result,
    rows: [
      [
        '  against Flink',
        `${short(perSecond)} entries/s`,
        rival,
        ratio(perSecond / result.entriesPerSecond),
        '>= 10x',
      ],
    ],
  };
}

async function skipping({ directory, files, bytes }, rounds) {
  const { ours, cat } = await inTurns(rounds, {
    ours: () => statewright('stats', directory, '--no-values', '--quiet'),
    cat: () => timed('cat', files, { stdio: ['ignore', 'ignore', 'inherit'] }),
  });
  return [
    [
      'skip-scan',
      rate(bytes, seconds(ours)),
      `cat ${rate(bytes, seconds(cat))}`,
      ratio(seconds(cat) / seconds(ours)),
      '>= 1000 MB/s',
    ],
    ['  peak memory', mb(peak(ours)), '', '', '< 512 MB'],
  ];
}

async function renaming({ directory, bytes, cache }, rounds) {
  const target = path.join(cache, 'out');
  const fresh = (run) => async () => {
    rmSync(target, { recursive: true, force: true });
    return run();
  };
  const { ours, copy } = await inTurns(rounds, {
    ours: fresh(() => statewright('rename', directory, STATE, 'renamed', '-o', target, '--quiet')),
    copy: fresh(() => timed('sh', ['-c', 'cp -r "$0" "$1" && sync "$1"/*', directory, target])),
  });
  rmSync(target, { recursive: true, force: true });
  return [
    [
      'rename',
      rate(bytes, seconds(ours)),
      `cp, sync ${rate(bytes, seconds(copy))}`,
      `${ratio(seconds(ours) / seconds(copy))} the time`,
      '<= 1.2x',
    ],
    ['  peak memory', mb(peak(ours)), '', '', '< 512 MB'],
  ];
}

async function coldStart({ directory }, rounds) {
  const { large, small, node } = await inTurns(rounds * 3, {
    large: () => statewright('inspect', directory),
    small: () => statewright('inspect', SMALL),
    node: () => timed(process.execPath, ['-e', '0']),
  });
  const millis = (results) => `${Math.round(seconds(results) * 1000)} ms`;
  return [
    [
      'inspect, cold',
      millis(large),
      `of 12 kB ${millis(small)}`,
      ratio(seconds(large) / seconds(small)),
      '< 150 ms',
    ],
    ['', '', `node -e 0 ${millis(node)}`, '', ''],
  ];
}

function ratio(number) {
  return `${number.toFixed(number < 0.1 ? 3 : 2)}x`;
}

async function main() {
  const { values } = parseArgs({ options: OPTIONS, allowNegative: true });
  if (!build()) throw new Error('the project does not compile');
  const rounds = Number(values.rounds);
  const line = values['flink-line'];
  const savepoint = await largeSavepoint({ flink: line, keys: Number(values.keys) });
  console.log(
    `savepoint of Flink ${line}: ${mb(savepoint.bytes)}, ${short(Number(values.keys))} keys; ${rounds} rounds, medians\n`,
  );
  const rows = [['FIGURE', 'OURS', 'RIVAL', 'RATIO', 'TARGET']];
  const decoded = await decoding(savepoint, rounds);
  rows.push(...decoded.rows);
  if (values.flink) rows.push(...(await flinkReads(savepoint, line, decoded.perSecond)).rows);
  rows.push(...(await skipping(savepoint, rounds)));
  rows.push(...(await renaming(savepoint, rounds)));
  rows.push(...(await coldStart(savepoint, rounds)));
  console.log(table(rows));
}

await main();
