import {
  type BytesView,
  bytesAt,
  entryBytesView,
  findEntries,
  findState,
  metadataBytesView,
  stateBytesView,
} from '@statewright/inspect';
import type { StateEntry } from '@statewright/savepoint';
import type { Command, OptionValues } from '../command.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { type OpenSnapshot, openSnapshot } from '../open.js';
import {
  countOption,
  formatOption,
  SNAPSHOT_ARGUMENT,
  SNAPSHOT_OPTIONS,
  STATE_ARGUMENT,
  textOption,
  usage,
} from '../options.js';
import { printView } from '../print-view.js';
import { requireReadable } from '../require-readable.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** What each byte means. */
export const bytesCommand: Command = {
  arguments: [SNAPSHOT_ARGUMENT, { ...STATE_ARGUMENT, optional: true }],
  options: [
    { flags: '--at <FILE:OFFSET>', description: 'only what lies at this position of a file' },
    { flags: '--subtask <N>', description: 'with OP/STATE: the header of this subtask; default: the first' },
    { flags: '-k, --key <JSON>', description: 'the entries of OP/STATE under this key' },
    { flags: '--namespace <JSON>', description: 'with --key: only this namespace (a window)' },
    formatOption('text', 'json', 'ndjson'),
    ...SNAPSHOT_OPTIONS,
  ],
  examples: [
    { line: SNAPSHOT, does: 'the metadata file, field by field' },
    { line: `${SNAPSHOT} fraud-detector/seen-merchants`, does: 'how headers describe a state' },
    { line: `${SNAPSHOT} fraud-detector/seen-merchants --key account-7`, does: 'one entry' },
    { line: `${SNAPSHOT} --at _metadata:24`, does: 'what an offset in an error message points at' },
  ],
  notes: ['Columns: position in the file, length, the first bytes in hex, meaning.'],
  async run(context, [path, address], options) {
    const snapshot = await openSnapshot(context, path!, options);
    await printView(context, await viewOf(context, snapshot, address, options), options);
    return EXIT.clean;
  },
};

async function viewOf(
  context: Context,
  snapshot: OpenSnapshot,
  address: string | undefined,
  options: OptionValues,
): Promise<BytesView> {
  const { savepoint, path } = snapshot;
  const at = textOption(options, 'at');
  const key = textOption(options, 'key');
  if (at !== undefined) {
    if (address !== undefined || key !== undefined) {
      throw usage('--at', 'it goes without OP/STATE and --key');
    }
    const { file, offset } = position(at);
    return bytesAt(savepoint, path, file, offset);
  }
  if (address === undefined) {
    if (key !== undefined) throw usage('--key', 'it needs OP/STATE');
    return metadataBytesView(savepoint, path);
  }
  if (key === undefined) {
    return stateBytesView(savepoint, path, findState(savepoint, address), countOption(options, 'subtask'));
  }
  return entryBytesView(savepoint, path, await entriesUnder(context, snapshot, address, key, options));
}

function position(at: string): { readonly file: string; readonly offset: number } {
  const match = /^(.+):(\d+)$/.exec(at);
  if (match === null) throw usage('--at', `"${at}" is no FILE:OFFSET`, 'write it like _metadata:24');
  return { file: match[1]!, offset: Number(match[2]) };
}

async function entriesUnder(
  context: Context,
  { savepoint, describe }: OpenSnapshot,
  address: string,
  key: string,
  options: OptionValues,
): Promise<StateEntry[]> {
  const state = findState(savepoint, address);
  requireReadable([state]);
  const namespace = textOption(options, 'namespace');
  const entries: StateEntry[] = [];
  const progress = (done: number, total: number) =>
    context.log.progress('searching', done, total, `${entries.length} found`);
  const wanted = { key, namespace, progress };
  for await (const entry of findEntries(savepoint, state, describe, wanted)) entries.push(entry);
  if (entries.length === 0) throw usage('--key', `${address} has no entry under the key ${key}`);
  return entries;
}
