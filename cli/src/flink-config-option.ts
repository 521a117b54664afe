import path from 'node:path';
import { type Config, type FlinkConfig, readFlinkConfig } from '@statewright/compat';
import type { OptionValues } from './command.js';
import { textOption, usage } from './options.js';
import { besideConfig } from './policy-options.js';
import { readTextFile } from './read-text-file.js';

/** Flink's own configuration: as `--flink-config` or the project's configuration names it. USAGE where they name two. */
export async function flinkConfigOf(
  options: OptionValues,
  config: Config | undefined,
): Promise<FlinkConfig | undefined> {
  const named = textOption(options, 'flinkConfig');
  const configured = config?.flinkConfig === undefined ? undefined : besideConfig(config, config.flinkConfig);
  if (named !== undefined && configured !== undefined && path.resolve(named) !== path.resolve(configured)) {
    const reason = `there are two: "${named}", and "${configured}" in ${config!.file}`;
    throw usage('--flink-config', reason, 'give one');
  }
  const file = named ?? configured;
  return file === undefined ? undefined : readFlinkConfig(file, await readTextFile('--flink-config', file));
}
