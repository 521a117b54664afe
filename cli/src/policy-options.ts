import path from 'node:path';
import { LocalFileSystem, StatewrightError } from '@statewright/bytes';
import {
  type Baseline,
  baselineText,
  type Config,
  LEVELS,
  type Level,
  type LintView,
  type Policy,
  RULES,
  readBaseline,
  readConfig,
  type ScopedIgnore,
  SEVERITIES,
  type Severity,
} from '@statewright/compat';
import type { OptionSpec, OptionValues } from './command.js';
import type { Context } from './context.js';
import { formatOption, textOption, usage } from './options.js';
import { readTextFile } from './read-text-file.js';
import { parseTime } from './times.js';

/** The config that is taken when none is named. */
const CONFIG_NAME = 'statewright.yaml';

/** Formats of commands that have findings. */
export const FINDINGS_FORMAT: OptionSpec = formatOption(
  'text',
  'json',
  'ndjson',
  'sarif',
  'junit',
  'github',
  'gitlab',
  'markdown',
);

/** What counts and what is excused: options of `check` and `lint`. */
export const POLICY_OPTIONS: readonly OptionSpec[] = [
  { flags: '--level <LEVEL>', description: 'rules of this level and those before it count', choices: LEVELS },
  {
    flags: '--fail-on <SEVERITY>',
    description: 'findings of this severity and above fail; default: error',
    choices: [...SEVERITIES, 'never'],
  },
  {
    flags: '--config <FILE>',
    description: `severities, thresholds and exceptions; default: ${CONFIG_NAME} of the working directory`,
    complete: 'file',
  },
  { flags: '--baseline <FILE>', description: 'findings that this file lists do not count', complete: 'file' },
  {
    flags: '--write-baseline <FILE>',
    description: 'write what is found now as a baseline, and fail for none of it',
    complete: 'file',
  },
  {
    flags: '--at <TIME>',
    description:
      'the time it is, for exceptions that end, timers and TTL: ISO 8601 or milliseconds; default: now',
  },
];

/** The config and the time that a command line names. */
export interface PolicySources {
  /** Undefined: there is none. */
  readonly config: Config | undefined;
  readonly atMillis: number;
  /** `YYYY-MM-DD` in UTC. */
  readonly today: string;
}

/** Reads the config, if there is one. USAGE or BAD_DOCUMENT when it is missing or wrong. */
export async function policySources(options: OptionValues): Promise<PolicySources> {
  const at = textOption(options, 'at');
  const atMillis = at === undefined ? Date.now() : parseTime(at);
  return { config: await configOf(options), atMillis, today: dayOf(atMillis) };
}

function dayOf(millis: number): string {
  const date = new Date(millis);
  if (!Number.isNaN(date.getTime())) return date.toISOString().slice(0, 10);
  throw usage('TIME', `${millis} is no time of the calendar`);
}

async function configOf(options: OptionValues): Promise<Config | undefined> {
  const named = textOption(options, 'config');
  const file = named ?? CONFIG_NAME;
  if (named === undefined && (await new LocalFileSystem().stat(file)) === undefined) return undefined;
  return readConfig(file, await readTextFile('--config', file), RULES);
}

/** A file that a config names: relative to the config's folder. */
export function besideConfig(config: Config, file: string): string {
  return path.normalize(path.join(path.dirname(config.file), file));
}

/** The policy of a command line, its config and the exceptions of a contract; `level` is the command's default. */
export async function policyOf(
  options: OptionValues,
  { config }: PolicySources,
  level: Level,
  inline: readonly ScopedIgnore[] = [],
): Promise<Policy> {
  const failOn = textOption(options, 'failOn') as Severity | 'never' | undefined;
  return {
    level: (textOption(options, 'level') as Level | undefined) ?? config?.level ?? level,
    failOn: failOn ?? config?.failOn ?? 'error',
    rules: config?.rules ?? new Map(),
    ignores: [...(config?.ignores ?? []), ...inline],
    baseline: await baselineOf(options, config),
  };
}

async function baselineOf(options: OptionValues, config: Config | undefined): Promise<Baseline | undefined> {
  const named = textOption(options, 'baseline');
  const writing = textOption(options, 'writeBaseline') !== undefined;
  const configured = config?.baseline === undefined ? undefined : besideConfig(config, config.baseline);
  if (named !== undefined && writing) {
    throw usage(
      '--baseline',
      '--write-baseline writes all findings anew, and --baseline leaves some out',
      'give one',
    );
  }
  if (named !== undefined && configured !== undefined && path.resolve(named) !== path.resolve(configured)) {
    const reason = `there are two baselines: "${named}", and "${configured}" in ${config!.file}`;
    throw usage('--baseline', reason, 'give one');
  }
  const file = named ?? configured;
  if (file === undefined || writing) return undefined;
  return readBaseline(file, await readTextFile('--baseline', file));
}

/**
 * With `--write-baseline`: writes what counts and is excused by nothing else, in the place of a baseline that may be there
 * (ALREADY_EXISTS for any other file), and says so on stderr. Gives whether the option was there.
 */
export async function saveBaseline(
  context: Context,
  options: OptionValues,
  { findings }: Pick<LintView, 'findings'>,
): Promise<boolean> {
  const file = textOption(options, 'writeBaseline');
  if (file === undefined) return false;
  const fs = new LocalFileSystem();
  const old = await fs.stat(file);
  if (old !== undefined) await requireBaseline(file);
  const { count, text } = baselineText(findings);
  if (count === 0) {
    const rest = old === undefined ? 'is not written' : 'is no longer needed: remove it';
    context.log.note(`there is nothing to put on a baseline, ${file} ${rest}`);
    return true;
  }
  const writer = await fs.createWrite(file);
  await writer.write(Buffer.from(text, 'utf8'));
  if (old !== undefined) await fs.delete(file);
  await writer.commit();
  context.log.note(`${count} ${count === 1 ? 'finding' : 'findings'} written to ${file}`);
  return true;
}

async function requireBaseline(file: string): Promise<void> {
  const text = await readTextFile('--write-baseline', file);
  if (/^\s*\{\s*"statewrightBaseline"/.test(text)) return;
  throw new StatewrightError('ALREADY_EXISTS', {
    span: { file, start: 0, end: 0 },
    kind: 'baseline',
    reason: 'the file is there and is no baseline, and nothing else is ever overwritten',
    next: 'name another file',
  });
}
