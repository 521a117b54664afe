import type { PlanStep } from './plan.js';

/** Texts that YAML takes for texts without quotes, also between braces. */
const PLAIN = /^[A-Za-z_][\w./$-]*$/;
/** Words that YAML, or its older releases, take for something else. */
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** Steps as the YAML of a plan, one on each line: what `readPlan` takes, and gives the same verbs and options. */
export function writePlan(steps: readonly Pick<PlanStep, 'verb' | 'options'>[]): string {
  if (steps.length === 0) return 'version: 1\nsteps: []\n';
  const lines = steps.map(({ verb, options }) => `  - ${verb}: ${flow(options)}\n`);
  return `version: 1\nsteps:\n${lines.join('')}`;
}

function flow(value: unknown): string {
  if (typeof value === 'string') return PLAIN.test(value) && !WORDS.test(value) ? value : quoted(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, each]) => `${flow(name)}: ${flow(each)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** In double quotes, with escapes for what YAML takes for the end of a line or does not print. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
