import { bytesOfText } from '../config/units.js';
import type { SourcePlace } from '../schema/job-schema.js';
import { badText, readYaml, type YamlText } from '../yaml/read-yaml.js';

/** One setting of Flink's config file. */
export interface FlinkSetting {
  /** As the file spells it, nesting joined by dots. */
  readonly key: string;
  readonly value: string;
  readonly place: SourcePlace;
}

/** Flink's config file: settings by key. */
export interface FlinkConfig {
  readonly file: string;
  readonly settings: ReadonlyMap<string, FlinkSetting>;
}

/** A setting's value with the key that gave it; `setting` is undefined for Flink's default. */
export interface Chosen<T> {
  readonly value: T;
  readonly setting: FlinkSetting | undefined;
}

/** Deeper nesting is no config of Flink. */
const MAX_DEPTH = 32;

/**
 * Reads Flink's config file. `flink-conf.yaml` is read line by line as 1.x does (`#` begins a comment anywhere, the first
 * `: ` ends the key, any other line is passed over), everything else as YAML whose nested keys are joined by dots.
 * BAD_DOCUMENT when there is not one setting in it. Follows `GlobalConfiguration`, Flink 1.20.
 */
export function readFlinkConfig(file: string, text: string): FlinkConfig {
  const legacy = /(?:^|[\\/])flink-conf\.ya?ml$/.test(file);
  const found = legacy ? lines(file, text) : flattened(readYaml(file, text));
  if (found.length === 0) {
    throw badText(
      file,
      { line: 1, column: 1 },
      'it holds no setting of Flink',
      'give its config.yaml or flink-conf.yaml',
    );
  }
  return { file, settings: new Map(found.map((setting) => [setting.key, setting])) };
}

function lines(file: string, text: string): FlinkSetting[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    const [content = ''] = line.split('#', 1);
    const colon = content.indexOf(': ');
    const key = content.slice(0, Math.max(colon, 0)).trim();
    const value = content.slice(colon + 2).trim();
    return colon < 0 || key === '' || value === ''
      ? []
      : [{ key, value, place: { file, line: i + 1, column: 1 } }];
  });
}

function flattened(yaml: YamlText): FlinkSetting[] {
  const found: FlinkSetting[] = [];
  visit(yaml.value, []);
  return found;

  function visit(value: unknown, path: readonly string[]): void {
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && path.length < MAX_DEPTH) {
      for (const [key, child] of Object.entries(value)) visit(child, [...path, key]);
      return;
    }
    if (path.length === 0 || value === null) return;
    const place = { file: yaml.file, ...yaml.placeOfKey(path) };
    found.push({ key: path.join('.'), value: String(value), place });
  }
}

/** The setting of the first of these keys that is there: an option's key, then the ones it had before. */
export function settingOf(config: FlinkConfig, keys: readonly string[]): FlinkSetting | undefined {
  for (const key of keys) {
    const setting = config.settings.get(key);
    if (setting !== undefined) return setting;
  }
  return undefined;
}

/** A size in bytes as `MemorySize` takes it; `fallback` when no key is set. BAD_DOCUMENT when it is none. */
export function sizeSetting<T>(
  config: FlinkConfig,
  keys: readonly string[],
  fallback: T,
): Chosen<number | T> {
  return chosen(config, keys, fallback, bytesOfText, 'size, like 512m');
}

/** A number; `fallback` when no key is set. BAD_DOCUMENT when it is none. */
export function numberSetting(
  config: FlinkConfig,
  keys: readonly string[],
  fallback: number,
): Chosen<number> {
  const parse = (text: string) => (/^\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined);
  return chosen(config, keys, fallback, parse, 'number');
}

/** `true` or `false`; `fallback` when no key is set. BAD_DOCUMENT when it is none. */
export function switchSetting(
  config: FlinkConfig,
  keys: readonly string[],
  fallback: boolean,
): Chosen<boolean> {
  const parse = (text: string) => (/^(?:true|false)$/i.test(text) ? /^true$/i.test(text) : undefined);
  return chosen(config, keys, fallback, parse, 'switch, true or false');
}

function chosen<T, F>(
  config: FlinkConfig,
  keys: readonly string[],
  fallback: F,
  parse: (text: string) => T | undefined,
  what: string,
): Chosen<T | F> {
  const setting = settingOf(config, keys);
  if (setting === undefined) return { value: fallback, setting };
  const value = parse(setting.value);
  if (value !== undefined) return { value, setting };
  const { line = 1, column = 1 } = setting.place;
  throw badText(config.file, { line, column }, `"${setting.value}" of ${setting.key} is no ${what}`);
}
