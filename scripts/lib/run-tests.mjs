import { once } from 'node:events';
import process from 'node:process';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { inspect } from 'node:util';
import { fromRoot } from './paths.mjs';

/** What is printed of one failure at most: a whole dump in a log helps nobody. */
const FAILURE_LINES = 60;
const FAILURE_COLUMNS = 400;

/** A test file that runs longer hangs. */
const FILE_TIMEOUT_MILLIS = 20 * 60_000;

/** Runs compiled test files, each in a process of its own, and counts what passed and failed. */
export async function runTests(files, { reporter, concurrency }) {
  const stream = run({ files, concurrency, timeout: FILE_TIMEOUT_MILLIS });
  const printed = reporter === 'spec' ? print(stream.compose(new spec())) : undefined;
  const compact = reporter === 'spec' ? undefined : new CompactReporter();
  const total = { passed: 0, failed: 0 };
  for await (const event of tee(stream)) {
    const outcome = judge(event);
    compact?.take(event, outcome);
    if (outcome === undefined) continue;
    if (outcome.problem === undefined) total.passed++;
    else {
      total.failed++;
      if (reporter === 'spec' && event.type === 'test:pass')
        console.log(`${event.data.name}: ${outcome.problem}`);
    }
  }
  compact?.end();
  await printed;
  return total;
}

function print(lines) {
  lines.pipe(process.stdout);
  return once(lines, 'end');
}

/** A test's outcome; undefined for events that are no outcome and for parents that fail only because a child did. */
function judge(event) {
  if (event.type !== 'test:pass' && event.type !== 'test:fail') return undefined;
  const { data } = event;
  const error = data.details?.error;
  if (event.type === 'test:fail') {
    return error?.failureType === 'subtestsFailed' ? undefined : { problem: describe(error) };
  }
  if (data.skip !== undefined && data.skip !== false)
    return { problem: 'skipped; a test runs or does not exist' };
  if (data.todo !== undefined && data.todo !== false)
    return { problem: 'marked todo; a test passes or fails' };
  if (data.details?.type === 'suite') return undefined;
  return { problem: data.name === data.file ? 'a test file without a test' : undefined };
}

function describe(error) {
  const cause = error?.cause ?? error;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause);
  const lines = text.split('\n').filter((line) => !/\((node:internal|.*at node:internal)/.test(line));
  const rest = lines.length - FAILURE_LINES;
  const shown = lines.slice(0, FAILURE_LINES).map((line) => line.slice(0, FAILURE_COLUMNS));
  return [...shown, ...(rest > 0 ? [`... ${rest} more lines`] : [])].join('\n');
}

/** Both a reporter and the counter read the run's events. */
async function* tee(stream) {
  const queue = [];
  let wake = () => {};
  let ended = false;
  stream.on('data', (event) => {
    queue.push(event);
    wake();
  });
  stream.on('end', () => {
    ended = true;
    wake();
  });
  for (;;) {
    while (queue.length > 0) yield queue.shift();
    if (ended) return;
    await new Promise((resolve) => {
      wake = resolve;
    });
  }
}

/** A line for each file, and every failure in full: what a log wants. */
class CompactReporter {
  #file;
  #counts = { passed: 0, failed: 0 };
  #names = [];
  #durations = new Map();

  take(event, outcome) {
    const { data } = event;
    if ((event.type === 'test:stdout' || event.type === 'test:stderr') && data.message.trim() !== '') {
      process.stdout.write(data.message);
    }
    if (event.type === 'test:complete' && data.name === data.file) {
      this.#durations.set(data.file, data.details.duration_ms);
    }
    if (event.type === 'test:start') {
      if (data.file !== undefined && data.file !== this.#file) this.#open(data.file);
      this.#names.length = data.nesting;
      this.#names[data.nesting] = data.name;
    }
    if (outcome === undefined) return;
    if (outcome.problem === undefined) this.#counts.passed++;
    else this.#fail(data, outcome.problem);
  }

  end() {
    if (this.#file === undefined) return;
    const seconds = ((this.#durations.get(this.#file) ?? 0) / 1000).toFixed(1);
    const { passed, failed } = this.#counts;
    const what = failed === 0 ? `ok    ${passed} tests` : `FAIL  ${failed} of ${passed + failed} tests`;
    console.log(`${what}  ${fromRoot(this.#file)}  ${seconds} s`);
  }

  #open(file) {
    this.end();
    this.#file = file;
    this.#counts = { passed: 0, failed: 0 };
  }

  #fail(data, problem) {
    this.#counts.failed++;
    const names = [...this.#names.slice(0, data.nesting), data.name];
    console.log(`\nnot ok: ${names.join(' > ')}\n  ${problem.split('\n').join('\n  ')}\n`);
  }
}
