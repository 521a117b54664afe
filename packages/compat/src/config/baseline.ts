import type { Finding } from '../finding.js';
import { POLICY_RULES } from '../rules/policy/index.js';
import { badText, readYaml, type YamlText } from '../yaml/read-yaml.js';
import { type JsonSchema, requireSchema } from '../yaml/require-schema.js';

/** One finding that was there when the baseline was written. */
export interface BaselineEntry {
  readonly rule: string;
  /** For people; the fingerprint decides. */
  readonly path: string;
  readonly fingerprint: string;
}

/** Findings that are known and do not count. */
export interface Baseline {
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
}

/** The version that is written, and the only one that is read. */
const VERSION = 1;

const TEXT: JsonSchema = { type: 'string', minLength: 1 };

const SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['statewrightBaseline', 'findings'],
  properties: {
    statewrightBaseline: { description: `the version of the file, ${VERSION}`, const: VERSION },
    findings: {
      description: 'at least one finding; without any, leave --baseline out',
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['rule', 'path', 'fingerprint'],
        properties: {
          rule: TEXT,
          path: { type: 'string' },
          fingerprint: { description: '32 hex digits', type: 'string', pattern: '^[0-9a-f]{32}$' },
        },
      },
    },
  },
};

/**
 * Reads a baseline: JSON, `{"statewrightBaseline": 1, "findings": [{rule, path, fingerprint}, …]}`. BAD_DOCUMENT for an empty
 * or foreign file and for one without findings, so that none of them is taken for "all is known".
 */
export async function readBaseline(file: string, text: string): Promise<Baseline> {
  const next = 'write one with --write-baseline';
  const start = { line: 1, column: 1 };
  if (text.trim() === '') throw badText(file, start, 'the baseline is empty', next);
  const yaml = readYaml(file, text);
  if (!isBaseline(yaml)) throw badText(file, start, 'this is no baseline of statewright', next);
  await requireSchema(yaml, SCHEMA);
  const { findings } = yaml.value as { readonly findings: readonly BaselineEntry[] };
  return { file, entries: findings };
}

function isBaseline({ value }: YamlText): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'statewrightBaseline');
}

/**
 * The text of a baseline that holds these findings, without those that a config or contract excuses and those about the
 * exceptions themselves: sorted, one line each, the same for the same findings. `count` is the number of its lines.
 */
export function baselineText(findings: readonly Finding[]): {
  readonly count: number;
  readonly text: string;
} {
  const lines = findings
    .filter(({ rule }) => !POLICY_RULES.some(({ id }) => id === rule))
    .filter(({ suppressed }) => suppressed === undefined || suppressed.by === 'baseline')
    .map(({ rule, path, fingerprint }) => JSON.stringify({ rule, path, fingerprint }));
  const sorted = [...new Set(lines)].sort().map((line) => `    ${line}`);
  const text = `{\n  "statewrightBaseline": ${VERSION},\n  "findings": [\n${sorted.join(',\n')}\n  ]\n}\n`;
  return { count: sorted.length, text };
}
