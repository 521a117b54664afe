import type { Plan } from './plan.js';

/**
 * What in a plan may be the uid of an operator: every text of its options, and what stands before a slash in it. A snapshot that
 * holds hashes only is then labelled with those whose hash is there, which is certain.
 */
export function namedUids({ steps }: Plan): readonly string[] {
  const found = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value === 'string') {
      found.add(value);
      for (let at = value.indexOf('/'); at >= 0; at = value.indexOf('/', at + 1))
        found.add(value.slice(0, at));
    } else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) add(part);
    }
  };
  for (const { options } of steps) add(options);
  return [...found].filter((text) => text !== '');
}
