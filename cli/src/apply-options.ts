import { userInfo } from 'node:os';
import type { ApplyOptions } from '@statewright/migrate';
import type { OptionValues } from './command.js';
import { migrateOptions } from './migration.js';
import { textOption } from './options.js';
import { version } from './version.js';

/** What the options of a command line mean for a run that writes. */
export async function applyOptions(options: OptionValues): Promise<ApplyOptions> {
  return {
    ...(await migrateOptions(options)),
    allowLossy: options.allowLossy === true,
    verify: options.verify !== false,
    reportFile: textOption(options, 'report'),
    user: userInfo().username,
    tool: version(),
  };
}
