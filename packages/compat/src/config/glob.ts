/**
 * Whether a text is what a pattern says: `*` stands for any characters (none too), `?` for one, a backslash takes the next
 * character as it is. Time grows with the product of both lengths at most, whatever the pattern.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const steps = stepsOf(pattern);
  let [at, step] = [0, 0];
  let [retryAt, retryStep] = [0, -1];
  while (at < text.length) {
    const want = steps[step];
    if (want === ANY) {
      [retryAt, retryStep] = [at, step++];
    } else if (want !== undefined && (want === ONE || want === text[at])) {
      at++;
      step++;
    } else if (retryStep >= 0) {
      // The last star takes one character more.
      at = ++retryAt;
      step = retryStep + 1;
    } else {
      return false;
    }
  }
  return steps.slice(step).every((want) => want === ANY);
}

const ANY = Symbol('any');
const ONE = Symbol('one');

function stepsOf(pattern: string): (string | symbol)[] {
  const steps: (string | symbol)[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]!;
    if (char === '\\' && i + 1 < pattern.length) steps.push(pattern[++i]!);
    else if (char === '*') steps.push(ANY);
    else steps.push(char === '?' ? ONE : char);
  }
  return steps;
}
