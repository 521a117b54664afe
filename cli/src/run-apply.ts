import { apply, type PlanText } from '@statewright/migrate';
import { applyOptions } from './apply-options.js';
import type { OptionSpec, OptionValues } from './command.js';
import type { Context } from './context.js';
import { EXIT } from './exit-codes.js';
import { MIGRATE_OPTIONS, printRun, withProgress } from './migration.js';
import { formatOption, OUTPUT_OPTION, textOption } from './options.js';

/** Options of all commands that write a migrated snapshot. */
export const APPLY_OPTIONS: readonly OptionSpec[] = [
  OUTPUT_OPTION,
  { flags: '--no-verify', description: 'do not read the output again before it gets its metadata file' },
  {
    flags: '--report <FILE>',
    description: 'where the report goes; default: DIR.report.json',
    complete: 'file',
  },
  formatOption('text', 'json'),
  ...MIGRATE_OPTIONS,
];

/** Applies a plan of one step that a command stands for, and prints what was done. */
export async function applyStep(
  context: Context,
  snapshot: string,
  step: { readonly [verb: string]: { readonly [option: string]: unknown } },
  options: OptionValues,
): Promise<number> {
  const [verb = ''] = Object.keys(step);
  const text = `${JSON.stringify({ version: 1, steps: [step] }, null, 2)}\n`;
  const plan: PlanText = { file: verb, text, directory: '/' };
  const own = await applyOptions(options);
  const view = await withProgress(context, (watched) =>
    apply(snapshot, plan, textOption(options, 'output')!, { ...own, ...watched }),
  );
  return (await printRun(context, view, options)) ?? EXIT.clean;
}
