import { LocalFileSystem } from '@statewright/bytes';
import { type VerifyOptions, type VerifyView, verify } from '@statewright/migrate';
import type { Command, OptionValues } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { MIGRATE_OPTIONS, migrateOptions, printRun, readPlanFile, withProgress } from '../migration.js';
import { formatOption, SNAPSHOT_ARGUMENT, textOption, usage } from '../options.js';
import { withScratch } from '../scratch.js';
import { parseTime } from '../times.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** Whether a snapshot is sound, and what a plan makes of its source. */
export const verifyCommand: Command = {
  arguments: [SNAPSHOT_ARGUMENT],
  options: [
    { flags: '--source <SNAPSHOT>', description: 'the snapshot that it was made from', complete: 'file' },
    { flags: '--plan <PLAN>', description: 'the plan that it was made by', complete: 'file' },
    formatOption('text', 'json'),
    ...MIGRATE_OPTIONS,
  ],
  examples: [{ line: SNAPSHOT, does: 'reads every entry to its end' }],
  notes: [
    'Every entry decodes to its end, lies in the key group of its key, and is there once; every byte of a state file is accounted for, and every file that a handle names is there. Files that no handle leads to are listed.',
    'With --source and --plan: the plan is carried out once more without keeping the result, and every file must hold the same bytes; states that the plan does not name have the entries of the source. Options and --now as they were given to apply.',
    'Exit code 30 for damage, with file and offset, 10 when it is not what the plan makes of the source.',
  ],
  async run(context, [snapshot], options) {
    const own = await migrateOptions(options);
    const migration = await migrationOf(options);
    const view = await withScratch(new LocalFileSystem(), ({ directory }) =>
      withProgress(context, (watched) =>
        verify(snapshot!, { ...own, ...watched, scratch: directory, migration }),
      ),
    );
    return (await printRun(context, view, options)) ?? exitCode(view);
  },
};

function exitCode({ damage, migration }: VerifyView): number {
  if (damage.length > 0) return EXIT.damaged;
  return migration !== null && migration.differences.length > 0 ? EXIT.differs : EXIT.clean;
}

async function migrationOf(options: OptionValues): Promise<VerifyOptions['migration']> {
  const source = textOption(options, 'source');
  const file = textOption(options, 'plan');
  if (source === undefined && file === undefined) return undefined;
  if (source === undefined) throw usage('--source', '--plan needs the snapshot that the plan was applied to');
  if (file === undefined) throw usage('--plan', '--source needs the plan that was applied to it');
  const now = textOption(options, 'now');
  const nowMillis = now === undefined ? undefined : BigInt(parseTime(now));
  return { source, plan: await readPlanFile(file), nowMillis };
}
