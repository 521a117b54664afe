import { findStates, schemaView } from '@statewright/inspect';
import type { Command, OptionValues } from '../command.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { type OpenSnapshot, openSnapshot } from '../open.js';
import {
  formatOption,
  SNAPSHOT_ARGUMENT,
  SNAPSHOT_OPTIONS,
  STATES_ARGUMENT,
  textOption,
  usage,
} from '../options.js';
import { printView } from '../print-view.js';
import { withOutput } from '../with-output.js';

/** The type tree of every state, or the state contract. */
export const schemaCommand: Command = {
  arguments: [SNAPSHOT_ARGUMENT, STATES_ARGUMENT],
  options: [
    formatOption('text', 'json', 'ndjson'),
    { flags: '--json', description: 'the same as --format json' },
    { flags: '--contract', description: 'the state contract (YAML), to be kept beside the job and edited' },
    {
      flags: '-o, --output <FILE>',
      description: 'with --contract: write a new file instead of stdout',
      complete: 'file',
    },
    ...SNAPSHOT_OPTIONS,
  ],
  examples: [
    {
      line: 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint',
      does: 'the types of all states',
    },
    {
      line: 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint fraud-detector/seen-merchants --json',
      does: 'one state, as JSON',
    },
    {
      line: 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint --contract',
      does: 'the state contract of the whole job',
    },
  ],
  notes: [
    'The contract is a text that people edit and that "check --against" compares with a snapshot; docs/contract.md says how it is written.',
  ],
  async run(context, [path, address], options) {
    checkOptions(options, address);
    const snapshot = await openSnapshot(context, path!, options);
    if (options.contract === true) {
      await printContract(context, snapshot, textOption(options, 'output'));
      return EXIT.clean;
    }
    const { savepoint, describe } = snapshot;
    const states = findStates(savepoint, address);
    const format = options.json === true ? 'json' : options.format;
    await printView(context, schemaView(savepoint, path!, states, describe), { ...options, format });
    return EXIT.clean;
  },
};

function checkOptions(options: OptionValues, address: string | undefined): void {
  if (options.contract !== true) {
    if (options.output === undefined) return;
    throw usage('--output', 'only a contract is written to a file', 'add --contract, or redirect stdout');
  }
  if (address !== undefined) {
    throw usage('OP[/STATE]', `a contract is of the whole job, but "${address}" is given`, 'leave it out');
  }
  if (options.json === true || options.format !== 'text') {
    throw usage('--format', 'a contract is YAML and nothing else', 'leave it out');
  }
}

/** Loads what contracts need only here: `schema` alone starts without it. */
async function printContract(
  context: Context,
  { savepoint, path, fs }: OpenSnapshot,
  output: string | undefined,
): Promise<void> {
  const { jobSchemaOf, writeContract } = await import('@statewright/compat');
  const text = writeContract(jobSchemaOf(savepoint, path), { formats: savepoint.formats });
  await withOutput(context, fs, output, (target) => target.write(text));
}
