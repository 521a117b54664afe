import { LocalFileSystem } from '@statewright/bytes';
import { type CheckOptions, flinkVersion } from '@statewright/compat';
import { type PlanView, plan } from '@statewright/migrate';
import { openSavepoint } from '@statewright/savepoint';
import type { Command, OptionValues } from '../command.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { MIGRATE_OPTIONS, migrateOptions, printRun, readPlanFile, withProgress } from '../migration.js';
import { newSide } from '../new-side.js';
import { countOption, formatOption, SNAPSHOT_ARGUMENT, textOption } from '../options.js';
import { policyOf, policySources } from '../policy-options.js';
import { withScratch } from '../scratch.js';
import { version } from '../version.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** What a plan would do to a snapshot. */
export const planCommand: Command = {
  arguments: [
    SNAPSHOT_ARGUMENT,
    { name: 'PLAN', description: 'the plan, a YAML file: docs/migrations', complete: 'file' },
  ],
  options: [
    {
      flags: '-o, --output <SAVED>',
      description: 'save the plan, bound to the bytes of SNAPSHOT, for apply',
      complete: 'file',
    },
    {
      flags: '--against <NEW>',
      description: 'check the types of the result against a snapshot, a state contract or an Avro schema',
      complete: 'file',
    },
    { flags: '--state <OP/STATE>', description: 'the state that an Avro schema is for' },
    { flags: '--samples <N>', description: 'entries to show before and after, of each state; default: 2' },
    formatOption('text', 'json'),
    ...MIGRATE_OPTIONS,
  ],
  examples: [
    {
      line: `${SNAPSHOT} docs/migrations/plans/rename.yaml`,
      does: 'what renaming a state and an operator would do',
    },
  ],
  notes: [
    'A dry run: entries that would be rewritten are read and converted, and nothing is kept, so that counts and failures are those that apply will have.',
    'Exit code 0 when nothing would change, 10 when something would, 21 when values would be lost or do not fit, or --against finds so, 20 when the job of --against would be refused.',
  ],
  async run(context, [snapshot, file], options) {
    const text = await readPlanFile(file!);
    const migrate = await migrateOptions(options);
    const against = await againstOptions(context, snapshot!, options);
    const view = await withScratch(new LocalFileSystem(), ({ directory }) =>
      withProgress(context, (watched) =>
        plan(snapshot!, text, {
          ...migrate,
          ...watched,
          scratch: directory,
          samples: countOption(options, 'samples'),
          save: textOption(options, 'output'),
          tool: version(),
          against,
        }),
      ),
    );
    return (await printRun(context, view, options)) ?? exitCode(view);
  },
};

function exitCode({ category, steps, against }: PlanView): number {
  if (against !== null && against.exitCode !== EXIT.clean) return against.exitCode;
  const isFailing = steps.some(({ events }) => events.some(({ what }) => what === 'failed'));
  if (category === 'lossy' || isFailing) return EXIT.lossy;
  return category === 'nothing' ? EXIT.clean : EXIT.differs;
}

async function againstOptions(
  context: Context,
  snapshot: string,
  options: OptionValues,
): Promise<CheckOptions | undefined> {
  if (textOption(options, 'against') === undefined) return undefined;
  const savepoint = await openSavepoint(snapshot, {
    relocate: true,
    allowOutside: options.allowOutside === true,
  });
  const now = await newSide(context, { savepoint, path: snapshot }, options);
  const sources = await policySources(options);
  const target = textOption(options, 'flinkVersion');
  return {
    now,
    target: target === undefined ? undefined : flinkVersion(target),
    policy: await policyOf(options, sources, 'data'),
    today: sources.today,
  };
}
