import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { functionsOf, linesOf, quantile } from './house-numbers.js';
import { exists, expectNone, packagesWithSources, parse, sourcesIn } from './source-tree.js';
import { LIMITS, LONG_FILES } from './tables.js';

const AREAS = [
  ...packagesWithSources().map(({ row, sources }) => ({ folder: row.folder, sources })),
  { folder: 'test', sources: sourcesIn('test') },
].filter(({ sources }) => sources.length > 0);

describe('house numbers', () => {
  for (const { folder, sources } of AREAS) {
    const functions = sources.flatMap(functionsOf);
    const lengths = functions.map(({ lines }) => lines);

    test(`${folder}: no function over ${LIMITS.functionMost} lines`, () => {
      const long = functions.filter(({ lines }) => lines > LIMITS.functionMost);
      expectNone(
        long.map(({ place, name, lines }) => `${place}: ${name} has ${lines} lines, please split it`),
      );
    });

    test(`${folder}: function median ${LIMITS.functionMedian}, nine in ten ${LIMITS.functionNineInTen}`, () => {
      const [median, nine] = [quantile(lengths, 0.5), quantile(lengths, 0.9)];
      assert.ok(median <= LIMITS.functionMedian, `the median is ${median} lines, please split the longest`);
      assert.ok(
        nine <= LIMITS.functionNineInTen,
        `one in ten has ${nine} lines or more, please split the longest`,
      );
    });

    test(`${folder}: file median ${LIMITS.fileMedian} lines, none over ${LIMITS.fileMost}`, () => {
      const median = quantile(sources.map(linesOf), 0.5);
      assert.ok(median <= LIMITS.fileMedian, `the median is ${median} lines, please split the longest`);
      const long = sources.filter(
        (source) => linesOf(source) > LIMITS.fileMost && !(source.path in LONG_FILES),
      );
      expectNone(
        long.map(
          (source) => `${source.path} has ${linesOf(source)} lines, please split it into one concept a file`,
        ),
      );
    });
  }

  test('the list of long tables names long files only', () => {
    const stale = Object.keys(LONG_FILES).filter((file) => {
      const source = AREAS.flatMap(({ sources }) => sources).find(({ path }) => path === file);
      return !exists(file) || source === undefined || linesOf(source) <= LIMITS.fileMost;
    });
    expectNone(stale.map((file) => `${file} is not long any more, please remove it from LONG_FILES`));
  });
});

describe('the measure itself', () => {
  test('counts named functions and leaves callbacks to what holds them', () => {
    const text = `export function outer() {
  return [1].map((x) => {
    return x;
  });
}
class A {
  get b() { return 1; }
  readonly c = () => {
    return 2;
  };
}`;
    const measured = functionsOf(parse('a.ts', text)).map(({ name, lines }) => [name, lines]);
    assert.deepEqual(measured, [
      ['outer', 5],
      ['b', 1],
      ['c', 3],
    ]);
  });

  test('takes the lower of two middle numbers', () => {
    assert.equal(quantile([4, 1, 3, 2], 0.5), 2);
    assert.equal(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 100], 0.9), 9);
    assert.equal(quantile([], 0.5), 0);
  });
});
