import {
  type BackendName,
  type Config,
  checkSnapshot,
  type FlinkVersion,
  flinkVersion,
} from '@statewright/compat';
import { checkPairs } from '../check-pairs.js';
import type { Command, OptionValues } from '../command.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { flinkConfigOf } from '../flink-config-option.js';
import { HTML_OPTION, writeHtml } from '../html-option.js';
import { newSide } from '../new-side.js';
import { openSnapshot } from '../open.js';
import { SNAPSHOT_ARGUMENT, SNAPSHOT_OPTIONS, textOption, usage } from '../options.js';
import { FINDINGS_FORMAT, POLICY_OPTIONS, policyOf, policySources, saveBaseline } from '../policy-options.js';
import { printView } from '../print-view.js';

const STORY = 'fixtures/stories/pojo-field-added/flink2.3';

/** Whether a new job restores a snapshot, and finds all of it. */
export const checkCommand: Command = {
  arguments: [{ ...SNAPSHOT_ARGUMENT, optional: true }],
  options: [
    {
      flags: '--against <NEW>',
      description: 'another snapshot, a state contract (*.state.yaml), or an Avro schema (*.avsc)',
      complete: 'file',
    },
    {
      flags: '--target <VERSION>',
      description:
        'the Flink release that restores; default: the newest that may have written NEW, or SNAPSHOT',
    },
    {
      flags: '--backend <BACKEND>',
      description:
        'the backend that restores; default: as statewright.yaml, the contract or the snapshot says, else hashmap',
      choices: ['hashmap', 'rocksdb'],
    },
    { flags: '--state <OP/STATE>', description: 'the state that an Avro schema is for' },
    {
      flags: '--allow-non-restored',
      description: 'Flink is told to skip operators that the new job does not have',
    },
    {
      flags: '--pairs <FILE>',
      description: 'for tools: compare pairs of serializer-snapshot files, a line of NDJSON each',
      complete: 'file',
    },
    {
      flags: '--source-version <VERSION>',
      description: 'with --pairs: the Flink release that wrote the old snapshots',
    },
    FINDINGS_FORMAT,
    HTML_OPTION,
    ...POLICY_OPTIONS,
    ...SNAPSHOT_OPTIONS,
  ],
  examples: [
    { line: `${STORY}/previous --against ${STORY}/current`, does: 'a field was added to a POJO' },
    {
      line: 'fixtures/stories/descriptor-renamed/flink2.3/previous --against fixtures/stories/descriptor-renamed/flink2.3/current --level restore',
      does: 'only what Flink itself would refuse',
    },
    {
      line: 'fixtures/savepoints/fraud-detector-flink1.20-rocksdb-savepoint --target 2.3 --format markdown',
      does: 'the same job on another release',
    },
  ],
  notes: [
    'Exit code 20 when Flink would refuse the state, 21 when values would be lost or misread or nobody can tell, 0 when neither. Findings of a later level than --level (default: data) do not count; `statewright explain RULE` tells what a rule is about.',
    'Without NEW the job is taken to be unchanged. Reads the metadata and the headers of states only, whatever their size.',
    '--pairs: each line is {"id","old","new"} and may have "place"; old and new are files with serializer snapshots, beside the NDJSON or in the working directory. Each line of the answer has id, verdict, restores, readable and paths. Exit code 0 whatever the verdicts are, 30 when a file could not be read.',
  ],
  async run(context, [snapshot], options) {
    const pairs = textOption(options, 'pairs');
    if (pairs !== undefined) {
      if (snapshot !== undefined) throw usage('SNAPSHOT', '--pairs compares files and takes no snapshot');
      return checkPairs(context, pairs, options);
    }
    if (snapshot === undefined) throw usage('SNAPSHOT', "missing required argument 'SNAPSHOT'");
    return check(context, snapshot, options);
  },
};

async function check(context: Context, snapshot: string, options: OptionValues): Promise<number> {
  const sources = await policySources(options);
  const policy = await policyOf(options, sources, 'data');
  const target = targetOf(textOption(options, 'target'), sources.config);
  const old = await openSnapshot(context, snapshot, options);
  const view = checkSnapshot(old, {
    now: await newSide(context, old, options),
    target,
    backend: textOption(options, 'backend') as BackendName | undefined,
    configured: await configuredBackend(sources.config),
    allowNonRestored: options.allowNonRestored === true,
    policy,
    today: sources.today,
  });
  const baselined = await saveBaseline(context, options, view);
  const shown = baselined ? { ...view, exitCode: EXIT.clean } : view;
  await writeHtml(context, shown, options);
  await printView(context, shown, options);
  return shown.exitCode;
}

/** The release that an option names; USAGE when it is none that is known. */
/** What the project's configuration says of the backend, and Flink's own beside it. */
async function configuredBackend(config: Config | undefined) {
  const named = config?.backend === undefined ? undefined : { name: config.backend, from: config.file };
  return { named, flinkConfig: await flinkConfigOf({}, config) };
}

/** As asked for, else as configured. */
function targetOf(asked: string | undefined, config: Config | undefined): FlinkVersion | undefined {
  const text = asked ?? config?.target;
  if (text === undefined) return undefined;
  const version = flinkVersion(text);
  if (version !== undefined) return version;
  const [kind, where] = asked === undefined ? ['target', ` in ${config?.file}`] : ['--target', ''];
  throw usage(kind, `"${text}"${where} is no known release of Flink, which are 1.8 to 1.20 and 2.0 to 2.3`);
}
