/* Measures Statewright beside its rivals, in one run; see docs/bench.md and USAGE. */
import { parseArgs } from 'node:util';
import { build } from '../scripts/lib/build.mjs';
import { CASES } from './cases/index.mjs';
import { machine } from './lib/machine.mjs';
import { printCase, printHead, printVerdicts } from './lib/print.mjs';
import { largeSavepoint, smallSavepoint } from './lib/savepoint.mjs';

const USAGE = `Usage: npm run bench -- [OPTION]...

  --only CASES          some of ${CASES.map(({ id }) => id).join(',')} (default: all)
  --runs N              rounds, in each of which all contenders take their turn (default 5)
  --flink-runs N        rounds in which the State Processor API takes part (default 2; 0 leaves it out)
  --flink-backends LIST its backends (default hashmap,rocksdb); the faster one counts
  --flink-limit SECONDS what it may take before it is stopped (default 600)
  --flink LINE          1.20 or 2.3 (default): writes the savepoint, and gives the State Processor API
  --keys N              keys of the savepoint (default 1700000, about 540 MB); cached in .cache/bench
  --quick               a savepoint of some kilobytes, one round and no Java: shows that all of it runs
  --json                one JSON document instead of tables
  --no-build            measure what dist/ folders hold
`;

const OPTIONS = {
  only: { type: 'string' },
  runs: { type: 'string', default: '5' },
  'flink-runs': { type: 'string', default: '2' },
  'flink-backends': { type: 'string', default: 'hashmap,rocksdb' },
  'flink-limit': { type: 'string', default: '600' },
  flink: { type: 'string', default: '2.3' },
  keys: { type: 'string', default: '1700000' },
  quick: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  build: { type: 'boolean', default: true },
  help: { type: 'boolean', short: 'h', default: false },
};

function number(values, name) {
  const given = Number(values[name]);
  if (!Number.isSafeInteger(given) || given < 0)
    throw new Error(`--${name} takes a number, not ${values[name]}`);
  return given;
}

function casesNamed(only) {
  if (only === undefined) return CASES;
  const names = only.split(',');
  const unknown = names.find((name) => !CASES.some(({ id }) => id === name));
  if (unknown !== undefined) throw new Error(`--only takes ${CASES.map(({ id }) => id)}, not ${unknown}`);
  return CASES.filter(({ id }) => names.includes(id));
}

function settingsOf(values) {
  const { quick } = values;
  return {
    quick,
    runs: quick ? 1 : Math.max(1, number(values, 'runs')),
    flink: {
      line: values.flink,
      backends: values['flink-backends'].split(','),
      limitSeconds: number(values, 'flink-limit'),
      runs: quick ? 0 : number(values, 'flink-runs'),
    },
  };
}

/** Targets are for the large savepoint. */
function unjudged({ label, value, unit }) {
  return { label, value, unit };
}

async function main() {
  const { values } = parseArgs({ options: OPTIONS, allowNegative: true });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const cases = casesNamed(values.only);
  const settings = settingsOf(values);
  if (values.build && !build()) throw new Error('the project does not compile');
  const keys = number(values, 'keys');
  const savepoint = values.quick
    ? await smallSavepoint()
    : await largeSavepoint({ flink: values.flink, keys });
  const head = { machine: machine(), savepoint, runs: settings.runs };

  if (!values.json) printHead(head);
  const results = [];
  for (const each of cases) {
    const { rows, ratios, notes } = await each.measure(savepoint, settings);
    const judged = settings.quick ? ratios.map(unjudged) : ratios;
    const result = { id: each.id, title: each.title, rows, ratios: judged, notes };
    results.push(result);
    if (!values.json) printCase(result);
  }
  if (values.json) console.log(JSON.stringify({ ...head, cases: results }, undefined, 2));
  else if (!settings.quick) printVerdicts(results);
}

await main();
