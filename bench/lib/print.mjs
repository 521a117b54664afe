import { count, megabytes, seconds as secondsText, table, withUnit } from './text.mjs';

const COLUMNS = [
  ['', ({ label }) => label],
  ['median', ({ seconds, note }) => (seconds === undefined ? note : secondsText(seconds.median))],
  ['min', ({ seconds }) => secondsText(seconds?.min)],
  ['max', ({ seconds }) => secondsText(seconds?.max)],
  ['runs', ({ seconds }) => (seconds === undefined ? undefined : String(seconds.runs))],
  ['start to end', ({ wallSeconds }) => secondsText(wallSeconds?.median)],
  ['entries/s', ({ entriesPerSecond }) => count(entriesPerSecond)],
  ['raw entries/s', ({ rawEntriesPerSecond }) => count(rawEntriesPerSecond)],
  ['MB/s', ({ bytesPerSecond }) => megabytes(bytesPerSecond)],
  ['peak MB', ({ peakBytes }) => megabytes(peakBytes)],
];

/** What is measured, and on what. */
export function printHead({ machine, savepoint, runs }) {
  console.log(`machine    ${machine.cpus} x ${machine.cpu}, ${megabytes(machine.memoryBytes)} MB of memory`);
  console.log(`           Node ${machine.node}, ${machine.system}, load ${machine.load.toFixed(1)}`);
  console.log(`savepoint  ${savepoint.about}: ${megabytes(savepoint.bytes)} MB, ${savepoint.path}`);
  console.log(`runs       ${runs}, in turns; files are in the page cache; 1 MB is a million bytes`);
}

/** One case: its contenders, and how they compare. */
export function printCase({ id, title, rows, ratios, notes = [] }) {
  console.log(`\n${id}: ${title}\n`);
  const used = COLUMNS.filter(([, cell]) => rows.some((row) => cell(row) !== undefined));
  const cells = rows.map((row) => used.map(([, cell]) => cell(row) ?? ''));
  console.log(table([used.map(([head]) => head), ...cells]));
  if (ratios.length > 0) console.log(`\n${table(ratios.map(verdict))}`);
  const commands = rows.filter(({ command }) => command !== undefined);
  if (commands.length > 0) console.log('');
  for (const { command } of commands) console.log(`  $ ${command}`);
  for (const note of notes) console.log(`\n  ${note}`);
}

/** How many targets are met, and which are not. */
export function printVerdicts(results) {
  const judged = results.flatMap(({ id, ratios }) =>
    ratios.filter(({ met }) => met !== undefined).map((ratio) => ({ id, ...ratio })),
  );
  const missed = judged.filter(({ met }) => !met);
  console.log(`\n${judged.length - missed.length} of ${judged.length} targets are met`);
  for (const each of missed) console.log(`  ${each.id}: ${verdict(each).join('  ').trim()}`);
}

function verdict({ label, value, unit, target, met }) {
  const wanted =
    target === undefined
      ? ''
      : `target ${target.least === undefined ? '<=' : '>='} ${withUnit(target.least ?? target.most, unit)}`;
  const said = met === undefined ? '' : met ? 'met' : 'missed';
  return [`  ${label}`, value === undefined ? 'not measured' : withUnit(value, unit), wanted, said];
}
