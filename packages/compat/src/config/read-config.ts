import { StatewrightError } from '@statewright/bytes';
import type { Level, Severity } from '../finding.js';
import type { RuleRow, RuleThreshold } from '../rules/rule.js';
import type { BackendName } from '../verdict.js';
import { badText, readYaml, type YamlText } from '../yaml/read-yaml.js';
import { requireSchema } from '../yaml/require-schema.js';
import { configSchema } from './config-schema.js';
import type { RuleSetting, ScopedIgnore } from './policy.js';
import { bytesOfText, millisOfText } from './units.js';

/** A `statewright.yaml`; undefined is what it does not say. */
export interface Config {
  readonly file: string;
  readonly level: Level | undefined;
  readonly failOn: Severity | 'never' | undefined;
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly ignores: readonly ScopedIgnore[];
  /** As written: relative to the config's folder. */
  readonly baseline: string | undefined;
  /** As written: relative to the config's folder. */
  readonly flinkConfig: string | undefined;
  /** For example `2.3`. */
  readonly target: string | undefined;
  readonly backend: BackendName | undefined;
}

type Severities = Severity | 'off';
type RawRule = Severities | { readonly [key: string]: unknown };

interface RawIgnore {
  readonly rule: string;
  readonly state?: string;
  readonly operator?: string;
  readonly path?: string;
  readonly reason: string;
  readonly until?: string;
}

interface RawConfig {
  readonly level?: Level;
  readonly failOn?: Severity | 'never';
  readonly rules?: { readonly [id: string]: RawRule };
  readonly ignore?: readonly RawIgnore[];
  readonly baseline?: string;
  readonly flinkConfig?: string;
  readonly target?: string;
  readonly backend?: BackendName;
}

/**
 * Reads a `statewright.yaml` (keys as in docs/configuration.md) for these rules. BAD_DOCUMENT with line and column for unknown
 * keys and rules, and for what contradicts itself.
 */
export async function readConfig(file: string, text: string, rules: readonly RuleRow[]): Promise<Config> {
  const yaml = readYaml(file, text);
  if (yaml.value === null) {
    throw badText(file, { line: 1, column: 1 }, 'the config is empty', 'remove it or say something in it');
  }
  await requireSchema(yaml, configSchema(rules));
  const raw = yaml.value as RawConfig;
  const settings = new Map(
    Object.entries(raw.rules ?? {}).map(([id, rule]) => [id, settingOf(yaml, id, rule, rules)]),
  );
  const ignores = (raw.ignore ?? []).map((ignore, i) => ignoreOf(yaml, ignore, i));
  requireSense(yaml, ignores, settings);
  return {
    file,
    level: raw.level,
    failOn: raw.failOn,
    rules: settings,
    ignores,
    baseline: raw.baseline,
    flinkConfig: raw.flinkConfig,
    target: raw.target,
    backend: raw.backend,
  };
}

function settingOf(yaml: YamlText, id: string, raw: RawRule, rules: readonly RuleRow[]): RuleSetting {
  if (typeof raw === 'string') return { severity: raw, thresholds: new Map() };
  const { severity, ...numbers } = raw;
  const [first] = Object.keys(numbers);
  if (severity === 'off' && first !== undefined) {
    const place = yaml.placeOfKey(['rules', id, first]);
    throw badText(yaml.file, place, `rule ${id} is off and has ${first} set`, 'remove one of the two');
  }
  const known = rules.find((rule) => rule.id === id)?.thresholds ?? [];
  const thresholds = new Map(
    known
      .filter(({ name }) => Object.hasOwn(numbers, name))
      .map((threshold) => [threshold.name, numberOf(yaml, id, threshold, numbers[threshold.name])]),
  );
  return { severity: severity as Severities | undefined, thresholds };
}

function numberOf(yaml: YamlText, id: string, { name, kind }: RuleThreshold, value: unknown): number {
  if (typeof value === 'number') return value;
  const parsed = kind === 'bytes' ? bytesOfText(String(value)) : millisOfText(String(value));
  if (parsed !== undefined) return parsed;
  const [what, example] = kind === 'bytes' ? ['size', '64 mb'] : ['duration', '7 d'];
  const reason = `"${String(value)}" is no ${what} for ${name}`;
  throw badText(yaml.file, yaml.placeOf(['rules', id, name]), reason, `write it like ${example}`);
}

function ignoreOf(yaml: YamlText, raw: RawIgnore, index: number): ScopedIgnore {
  const place = yaml.placeOf(['ignore', index]);
  const scopes = (['state', 'operator', 'path'] as const).filter((scope) => raw[scope] !== undefined);
  const [scope, second] = scopes;
  if (scope === undefined || second !== undefined) {
    const has =
      second === undefined ? 'names none of state, operator and path' : `names ${scopes.join(' and ')}`;
    const next = second === undefined ? `name one, or set rules.${raw.rule} to off` : 'name one of them';
    throw badText(yaml.file, place, `the exception of ${raw.rule} ${has}`, next);
  }
  if (raw.until !== undefined && !isDay(raw.until)) {
    const at = yaml.placeOf(['ignore', index, 'until']);
    throw badText(yaml.file, at, `"${raw.until}" is no day of the calendar`, 'write it as YYYY-MM-DD');
  }
  const { rule, reason, until } = raw;
  const where = { file: yaml.file, ...place };
  return { by: 'config', rule, scope, pattern: raw[scope]!, glob: true, reason, until, place: where };
}

/** Whether a text in the form `YYYY-MM-DD` is a day that exists. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** BAD_DOCUMENT for exceptions that cannot have been meant: of a rule that is off, or twice for the same thing. */
function requireSense(
  { file }: YamlText,
  ignores: readonly ScopedIgnore[],
  settings: ReadonlyMap<string, RuleSetting>,
): void {
  const seen = new Map<string, ScopedIgnore>();
  for (const ignore of ignores) {
    const { rule, scope, pattern, place } = ignore;
    const wrong = (reason: string, next: string) =>
      new StatewrightError('BAD_DOCUMENT', {
        at: { file, line: place.line ?? 1, column: place.column ?? 1 },
        reason,
        next,
      });
    if (settings.get(rule)?.severity === 'off') {
      throw wrong(`rule ${rule} is off, and here is an exception of it`, 'remove one of the two');
    }
    const key = JSON.stringify([rule, scope, pattern]);
    const before = seen.get(key);
    if (before !== undefined) {
      const reason = `the exception of ${rule} for ${scope} "${pattern}" stands in line ${before.place.line} already`;
      throw wrong(reason, 'remove one of the two');
    }
    seen.set(key, ignore);
  }
}
