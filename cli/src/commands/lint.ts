import { type BackendName, type Config, type Depth, type LintInput, lintSnapshot } from '@statewright/compat';
import { parseDuration } from '@statewright/report';
import { Biggest } from '../biggest.js';
import type { Command, OptionValues } from '../command.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { flinkConfigOf } from '../flink-config-option.js';
import { HTML_OPTION, writeHtml } from '../html-option.js';
import { openSnapshot } from '../open.js';
import { SNAPSHOT_ARGUMENT, SNAPSHOT_OPTIONS, textOption } from '../options.js';
import { FINDINGS_FORMAT, POLICY_OPTIONS, policyOf, policySources, saveBaseline } from '../policy-options.js';
import { printView } from '../print-view.js';

const SNAPSHOT = 'fixtures/savepoints/zoo-pojos-flink2.3-rocksdb-savepoint';

/** The mistakes that everyone makes, found in a snapshot. */
export const lintCommand: Command = {
  arguments: [SNAPSHOT_ARGUMENT],
  options: [
    FINDINGS_FORMAT,
    {
      flags: '--since <SNAPSHOT>',
      description: 'an earlier snapshot of the job: what has grown, gone, or another name',
      complete: 'file',
    },
    {
      flags: '--flink-config <FILE>',
      description: "Flink's config.yaml or flink-conf.yaml, to compare with the measured state",
      complete: 'file',
    },
    {
      flags: '--backend <BACKEND>',
      description: "the backend that runs the job; default: as Flink's configuration or the snapshot says",
      choices: ['hashmap', 'rocksdb'],
    },
    {
      flags: '--ttl <DURATION>',
      description: 'the TTL of the states, for the expired share: 30m, 12h, 7d, PT12H',
    },
    { flags: '--schema-only', description: 'read no state: only rules about types, names and settings' },
    {
      flags: '--no-values',
      description: 'count and size canonical state by its frames, without decoding: faster, less',
    },
    HTML_OPTION,
    ...POLICY_OPTIONS,
    ...SNAPSHOT_OPTIONS,
  ],
  examples: [
    { line: `${SNAPSHOT}`, does: 'all rules' },
    { line: `${SNAPSHOT} --schema-only --format github`, does: 'rules that need no state, as annotations' },
    {
      line: 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint --since fixtures/savepoints/fraud-detector-flink2.3-hashmap-savepoint',
      does: 'what has changed since an earlier snapshot',
    },
  ],
  notes: [
    'One pass in bounded memory. Exit code 21 when a finding that nothing excuses is as bad as --fail-on; `statewright explain RULE` tells what a rule is about. Severities, thresholds and exceptions: docs/configuration.md.',
    'Without --level all levels count. Rules that compare need --since, rules about settings need --flink-config.',
  ],
  async run(context, [snapshot], options) {
    const sources = await policySources(options);
    const policy = await policyOf(options, sources, 'portable');
    const ttl = textOption(options, 'ttl');
    const flinkConfig = await flinkConfigOf(options, sources.config);
    const biggest = new Biggest();
    const progress = (done: number, total: number) =>
      context.log.progress('reading', done, total, biggest.text);
    const { today, atMillis, config } = sources;
    const since = textOption(options, 'since');
    const view = await lintSnapshot(await open(context, snapshot!, options), {
      policy,
      today,
      atMillis,
      depth: depthOf(options),
      since: since === undefined ? undefined : await open(context, since, options),
      flinkConfig,
      backend: backendOf(options, config),
      ttlMillis: ttl === undefined ? undefined : parseDuration(ttl),
      uidCandidates: textOption(options, 'uidCandidates') !== undefined,
      progress,
      largest: biggest.found,
    });
    const baselined = await saveBaseline(context, options, view);
    const shown = baselined ? { ...view, exitCode: EXIT.clean } : view;
    await writeHtml(context, shown, options);
    await printView(context, shown, options);
    return shown.exitCode;
  },
};

async function open(context: Context, snapshot: string, options: OptionValues): Promise<LintInput> {
  const { savepoint, describe } = await openSnapshot(context, snapshot, options);
  return { savepoint, path: snapshot, describe };
}

function depthOf(options: OptionValues): Depth {
  if (options.schemaOnly === true) return 'schema';
  return options.values === false ? 'frames' : 'values';
}

function backendOf(options: OptionValues, config: Config | undefined) {
  const named = textOption(options, 'backend') as BackendName | undefined;
  if (named !== undefined) return { name: named, from: '--backend' };
  return config?.backend === undefined ? undefined : { name: config.backend, from: config.file };
}
