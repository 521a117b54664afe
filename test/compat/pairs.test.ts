import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Answered, answersOf, JUDGED_FILES } from './judged-pairs.js';
import { UNKNOWN, UNSAID, UNTOLD } from './pairs-exceptions.js';

/*
 * Our answers to `fixtures/pairs` are real Flink's: the verdict, and for each backend whether it goes on and whether the
 * values come back. Where Flink answers the same bytes in the same place in two ways, ours must be one of them, and the
 * other pair is on a list that is exact in both directions.
 */

/** An answer that is not Flink's. Not to know whether values come back is none; what it may hang on is counted below. */
function differs({ question, ours, flink }: Answered): boolean {
  return ours !== flink && !(ours === 'unknown' && question.endsWith('readable'));
}

function textOf({ id, label, question, ours, flink }: Answered): string {
  return `${id} ${label}, ${question}: ours ${ours}, Flink ${flink}`;
}

/** Counts of each row of `UNTOLD`, and what no row explains. */
function sorted(differences: readonly Answered[]): { readonly counts: number[]; readonly left: string[] } {
  const counts = UNTOLD.map(() => 0);
  const left: string[] = [];
  for (const difference of differences) {
    const row = UNTOLD.findIndex(({ pairs }) => pairs.test(difference.label));
    if (row < 0) left.push(textOf(difference));
    else counts[row]!++;
  }
  return { counts, left };
}

for (const [position, [file]] of JUDGED_FILES.entries()) {
  describe(`pairs of types that real Flink has judged: ${file}`, () => {
    const answers = answersOf(file);
    const said = answers.filter((answer) => differs(answer) && UNSAID[answer.id] === undefined);

    test('there are thousands of them', () => {
      assert.ok(new Set(answers.map(({ id }) => id)).size > 5000);
    });

    test('where an answer is another than that of Flink, Flink gives ours to the same bytes', () => {
      const given = new Set(answers.map(({ bytes, question, flink }) => `${bytes} ${question} ${flink}`));
      const wrong = said.filter(({ bytes, question, ours }) => !given.has(`${bytes} ${question} ${ours}`));
      assert.deepEqual(wrong.map(textOf), []);
    });

    test('and each such answer is one that classes or values decide', () => {
      const { counts, left } = sorted(said);
      assert.deepEqual(left, []);
      assert.deepEqual(
        UNTOLD.map(({ why }, row) => `${counts[row]} ${why}`),
        UNTOLD.map(({ why, answers: expected }) => `${expected[position]} ${why}`),
      );
    });

    test('what is not said is on the list', () => {
      const unsaid = answers.filter((answer) => differs(answer) && UNSAID[answer.id] !== undefined);
      assert.deepEqual([...new Set(unsaid.map(({ id }) => id))], Object.keys(UNSAID));
      assert.deepEqual(unsaid.filter(({ ours }) => ours.toLowerCase() !== 'unknown').map(textOf), []);
    });

    test('whether values come back is unknown only for what no snapshot describes', () => {
      const counts: Record<string, number> = {};
      for (const { question, ours, codes } of answers) {
        if (ours !== 'unknown' || !question.endsWith('readable')) continue;
        const code = codes.join(', ');
        counts[code] = (counts[code] ?? 0) + 1;
      }
      const expected = Object.entries(UNKNOWN).map(([code, numbers]) => [code, numbers[position]!] as const);
      assert.deepEqual(counts, Object.fromEntries(expected.filter(([, count]) => count > 0)));
    });
  });
}
