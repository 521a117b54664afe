import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fromRoot, ROOT } from './paths.mjs';

/** Areas in the order in which they run: what fails fastest and explains most comes first. Others follow by name. */
const AREA_ORDER = ['architecture', 'bytes', 'serializers', 'avro', 'savepoint', 'inspect', 'report', 'cli'];
const JUDGE = 'test/judge/';
const TEST_SUFFIX = '.test.ts';
/** What takes long, by suffix or by folder: it runs last. */
const SLOW_SUFFIX = '.slow.test.ts';
const SLOW_AREAS = ['test/hostile/'];

/**
 * The test sources to run, in order. Sources are listed rather than compiled files, so that what a deleted test left in
 * test/dist is not run.
 */
export function selectTests({ paths, speed, judge }) {
  return listTests(path.join(ROOT, 'test'))
    .map(fromRoot)
    .filter((file) => judge || !file.startsWith(JUDGE))
    .filter((file) => speed === 'all' || isSlow(file) === (speed === 'slow'))
    .filter((file) => paths.length === 0 || paths.some((part) => file.includes(part)))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Where the compiler puts a test source. */
export function compiledFile(source) {
  return path.join(ROOT, 'test/dist', source.slice('test/'.length).replace(/\.ts$/, '.js'));
}

function listTests(directory) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory())
      return entry.name === 'dist' || entry.name === 'node_modules' ? [] : listTests(file);
    return entry.name.endsWith(TEST_SUFFIX) ? [file] : [];
  });
}

function isSlow(file) {
  return file.endsWith(SLOW_SUFFIX) || SLOW_AREAS.some((area) => file.startsWith(area));
}

function rank(file) {
  const area = AREA_ORDER.indexOf(file.split('/')[1]);
  const slow = isSlow(file) ? 1000 : 0;
  return slow + (area === -1 ? AREA_ORDER.length : area);
}
