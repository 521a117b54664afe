import {
  compileWhere,
  exportColumns,
  exportLines,
  findOperators,
  findStates,
  splitReadable,
  unknownStates,
  type Where,
} from '@statewright/inspect';
import { plural } from '@statewright/report';
import type { State } from '@statewright/savepoint';
import type { Command, OptionValues } from '../command.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { type ExportFormat, type LineTarget, lineTarget } from '../line-targets.js';
import { type OpenSnapshot, openSnapshot } from '../open.js';
import {
  countOption,
  formatOption,
  SNAPSHOT_ARGUMENT,
  SNAPSHOT_OPTIONS,
  STATES_ARGUMENT,
  textOption,
  usage,
} from '../options.js';
import { notReadable } from '../require-readable.js';
import { withScratch } from '../scratch.js';
import { Undecided } from '../undecided.js';
import { withOutput } from '../with-output.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** Entries as NDJSON, CSV or Parquet. */
export const exportCommand: Command = {
  arguments: [SNAPSHOT_ARGUMENT, STATES_ARGUMENT],
  options: [
    formatOption('ndjson', 'csv', 'parquet'),
    { flags: '-o, --output <FILE>', description: 'write a new file instead of stdout', complete: 'file' },
    { flags: '--where <CEL>', description: 'only entries for which this condition holds' },
    { flags: '--limit <N>', description: 'stop after N lines' },
    { flags: '--flatten', description: 'one line per list element or map entry' },
    { flags: '--typed', description: 'numbers keep their Flink type: {"long":"5"}; NDJSON only' },
    { flags: '--skip-unreadable', description: 'leave out states whose entries cannot be read' },
    ...SNAPSHOT_OPTIONS,
  ],
  examples: [
    {
      line: `${SNAPSHOT} fraud-detector/last-amount --limit 3`,
      does: 'three entries of one state, one JSON object a line',
    },
    {
      line: `${SNAPSHOT} fraud-detector/tx-count --where 'value >= 9 && key != "account-17"'`,
      does: 'only some',
    },
    {
      line: `${SNAPSHOT} fraud-detector/seen-merchants --flatten --format csv --limit 5`,
      does: 'a map entry a line, as CSV',
    },
  ],
  notes: [
    'Keyed state comes in key-group order, within a group state by state, within a state by key bytes.',
    'Conditions are CEL (https://cel.dev) over uid, operatorId, kind, state, keyGroup, subtask, key, ns (the namespace), value, ttl, keyBytes, valueBytes, and with --flatten index and userKey. An entry for which a condition cannot be decided is left out, and counted on stderr.',
    'CSV and Parquet flatten the value of a single state by one level into value.FIELD columns; a value with anything more (a subclass, a row kind, an opaque part) also stands in `value` as JSON text. All else that is no scalar is JSON text.',
    'States in RocksDB files or behind a changelog cannot be read: the command fails with 1 unless --skip-unreadable.',
  ],
  async run(context, [path, address], options) {
    checkOptions(context, options);
    const limit = countOption(options, 'limit');
    const where = await whereOption(options);
    const snapshot = await openSnapshot(context, path!, options);
    const states = readableStates(context, snapshot, address, options);
    await withOutput(context, snapshot.fs, textOption(options, 'output'), async (output) => {
      const format = options.format as ExportFormat;
      const columns = () => exportColumns(states, snapshot.describe, options.flatten === true);
      const toTerminal = options.output === undefined && context.terminal.isTerminal;
      const target = await lineTarget(format, output, columns, toTerminal);
      await writeLines(context, snapshot, states, target, { options, where, limit });
      await target.end();
    });
    return EXIT.clean;
  },
};

function checkOptions(context: Context, options: OptionValues): void {
  if (options.typed === true && options.format !== 'ndjson') {
    throw usage('--typed', `only NDJSON keeps types, but the format is ${String(options.format)}`);
  }
  if (options.format === 'parquet' && options.output === undefined && context.terminal.isTerminal) {
    throw usage('--format', 'Parquet is binary and stdout is a terminal', 'name a file with -o FILE');
  }
}

async function whereOption(options: OptionValues): Promise<Where | undefined> {
  const expression = textOption(options, 'where');
  return expression === undefined ? undefined : compileWhere(expression);
}

/** The states that can be read; NOT_SUPPORTED when one cannot, unless it may be skipped. */
function readableStates(
  context: Context,
  { savepoint }: OpenSnapshot,
  address: string | undefined,
  options: OptionValues,
): readonly State[] {
  const { readable, unreadable } = splitReadable(findStates(savepoint, address));
  const operators = findOperators(savepoint, address);
  const missing = [...unreadable, ...operators.flatMap(unknownStates)];
  if (missing.length === 0) return readable;
  if (options.skipUnreadable !== true) {
    throw notReadable(missing, 'leave such states out with --skip-unreadable');
  }
  for (const { address, why } of missing) context.log.error(`left out ${address}: ${why}`);
  return readable;
}

interface Selection {
  readonly options: OptionValues;
  readonly where: Where | undefined;
  readonly limit: number | undefined;
}

async function writeLines(
  context: Context,
  { savepoint, fs }: OpenSnapshot,
  states: readonly State[],
  target: LineTarget,
  { options, where, limit }: Selection,
): Promise<void> {
  const undecided = new Undecided();
  let rows = 0;
  await withScratch(fs, async (scratch) => {
    const lines = exportLines(savepoint, states, {
      flatten: options.flatten === true,
      typed: options.typed === true,
      where,
      undecided: (why) => undecided.add(why),
      limit,
      scratch,
      progress: (done, total) => context.log.progress('exporting', done, total, plural(rows, 'row')),
    });
    for await (const chunk of lines) {
      await target.write(chunk);
      rows += chunk.lines;
    }
  });
  context.log.clear();
  undecided.report(context.log);
}
