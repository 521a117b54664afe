import {
  type ApplyOptions,
  type ApplyView,
  apply,
  applySaved,
  isSavedPlan,
  readSavedPlan,
} from '@statewright/migrate';
import { applyOptions } from '../apply-options.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { printRun, readPlanFile, withProgress } from '../migration.js';
import { SNAPSHOT_ARGUMENT, textOption, usage } from '../options.js';
import { readTextFile } from '../read-text-file.js';
import { APPLY_OPTIONS } from '../run-apply.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** Writes the snapshot that a plan makes. */
export const applyCommand: Command = {
  arguments: [
    { ...SNAPSHOT_ARGUMENT, description: `${SNAPSHOT_ARGUMENT.description}; or a saved plan` },
    { name: 'PLAN', optional: true, description: 'the plan, a YAML file: docs/migrations', complete: 'file' },
  ],
  options: [
    { flags: '--allow-lossy', description: 'carry out steps that lose values, too' },
    { flags: '--dry-run', description: 'only tell what would be done, as plan does' },
    ...APPLY_OPTIONS,
  ],
  examples: [
    {
      line: `${SNAPSHOT} docs/migrations/plans/rename.yaml -o renamed-savepoint`,
      does: 'a state and an operator with other names, as a new savepoint',
    },
  ],
  notes: [
    'SNAPSHOT is only read. DIR must not exist, and must not lie in SNAPSHOT. State files come first and _metadata last, so that a run that was interrupted leaves nothing that Flink would load; the same command goes on where it ended.',
    'Exit code 21 when the plan loses values and --allow-lossy is not given, 10 when the bytes are not those that a saved plan was made for.',
  ],
  async run(context, [snapshot, file], options) {
    if (options.dryRun === true) {
      if (file === undefined) throw usage('PLAN', 'a dry run needs a plan');
      // What a dry run compares with needs much that writing does not.
      const { planCommand } = await import('./plan.js');
      return planCommand.run(context, [snapshot!, file], { ...options, output: undefined });
    }
    const own = await applyOptions(options);
    const view = await withProgress(context, (watched) =>
      start(snapshot!, file, textOption(options, 'output')!, { ...own, ...watched }),
    );
    return (await printRun(context, view, options)) ?? EXIT.clean;
  },
};

async function start(
  snapshot: string,
  file: string | undefined,
  output: string,
  options: ApplyOptions,
): Promise<ApplyView> {
  if (file !== undefined) return apply(snapshot, await readPlanFile(file), output, options);
  const text = await readTextFile('PLAN', snapshot);
  if (!isSavedPlan(text))
    throw usage('PLAN', `"${snapshot}" is no saved plan, and no plan is given beside it`);
  return applySaved(await readSavedPlan(snapshot, text), output, options);
}
