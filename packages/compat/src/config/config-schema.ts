import { LEVELS, SEVERITIES } from '../finding.js';
import type { RuleRow, RuleThreshold } from '../rules/rule.js';
import type { JsonSchema } from '../yaml/require-schema.js';

/** What `severity` of a rule can be in a config. */
export const RULE_SETTINGS = ['off', ...SEVERITIES] as const;

/** What `failOn` and `--fail-on` take. */
export const FAIL_ON = [...SEVERITIES, 'never'] as const;

/** The JSON Schema of `statewright.yaml`, for these rules; docs/schemas/config.json is its text. */
export function configSchema(rules: readonly RuleRow[]): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'statewright/config.json',
    title: 'statewright.yaml',
    type: 'object',
    additionalProperties: false,
    properties: {
      level: { description: 'Rules of this level and the ones before it count.', enum: [...LEVELS] },
      failOn: { description: 'Findings of this severity and above fail the command.', enum: [...FAIL_ON] },
      rules: {
        description: 'Severity and thresholds by the id of the rule.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
      },
      ignore: {
        description: 'Exceptions, each with a reason.',
        type: 'array',
        items: ignoreSchema(rules.map(({ id }) => id)),
      },
      baseline: pathSchema('File of --write-baseline, beside this one: what it holds does not count.'),
      flinkConfig: pathSchema("Flink's config.yaml or flink-conf.yaml, beside this file; lint reads it."),
      target: {
        description: 'Release line that is to restore, in quotes: "2.3".',
        type: 'string',
        pattern: '^\\d{1,3}\\.\\d{1,3}$',
      },
      backend: { description: 'State backend that is to restore.', enum: ['hashmap', 'rocksdb'] },
    },
  };
}

function pathSchema(description: string): JsonSchema {
  return { description, type: 'string', minLength: 1 };
}

function ruleSchema({ purpose, severity, thresholds = [] }: RuleRow): JsonSchema {
  const properties = Object.fromEntries(thresholds.map((one) => [one.name, thresholdSchema(one)]));
  return {
    description: `${purpose}. Default: ${severity}.`,
    type: ['string', 'object'],
    if: { type: 'string' },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { enum: [...RULE_SETTINGS] },
    else: {
      additionalProperties: false,
      properties: { severity: { enum: [...RULE_SETTINGS] }, ...properties },
    },
  };
}

function thresholdSchema({ kind, default: value, why }: RuleThreshold): JsonSchema {
  const description = `${why}.`;
  if (kind === 'ratio') return { description, type: 'number', minimum: 0, default: value };
  if (kind === 'count') return { description, type: 'integer', minimum: 0, default: value };
  return { description, type: ['integer', 'string'], minimum: 0, default: value };
}

function ignoreSchema(ids: readonly string[]): JsonSchema {
  const target = (what: string) => ({ description: what, type: 'string', minLength: 1 });
  return {
    type: 'object',
    additionalProperties: false,
    required: ['rule', 'reason'],
    properties: {
      rule: { description: 'Id of the rule.', enum: [...ids] },
      state: target('OPERATOR/STATE; * stands for any characters.'),
      operator: target('Operator by uid, name or hash, with all its states; * stands for any characters.'),
      path: target('Path of the finding; * stands for any characters.'),
      reason: { description: 'Why this is right as it is.', type: 'string', pattern: '\\S' },
      until: {
        description: 'Last day of the exception, YYYY-MM-DD.',
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2}$',
      },
    },
  };
}
