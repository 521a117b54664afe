import { type DiffView, type EntryChange, type SnapshotDiff, snapshotDiff } from '@statewright/inspect';
import { type DiffWriter, ndjsonDiffWriter, plural, textWriter, unifiedWriter } from '@statewright/report';
import type { Command, OptionValues } from '../command.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { HTML_OPTION, writeHtml } from '../html-option.js';
import { openSnapshot } from '../open.js';
import {
  countOption,
  formatOption,
  SNAPSHOT_ARGUMENT,
  SNAPSHOT_OPTIONS,
  STATES_ARGUMENT,
  usage,
} from '../options.js';
import { printView } from '../print-view.js';
import { withScratch } from '../scratch.js';

const OLD = 'fixtures/savepoints/fraud-detector-flink1.20-rocksdb-savepoint';
const NEW = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** What is not the same in two snapshots: operators, states, types, entries, fields. */
export const diffCommand: Command = {
  arguments: [
    { ...SNAPSHOT_ARGUMENT, name: 'OLD', description: 'the old snapshot: its directory or _metadata file' },
    { ...SNAPSHOT_ARGUMENT, name: 'NEW', description: 'the new snapshot: its directory or _metadata file' },
    STATES_ARGUMENT,
  ],
  options: [
    formatOption('text', 'json', 'ndjson'),
    { flags: '--json', description: 'the same as --format json' },
    { flags: '--unified', description: 'a patch: types as documents, entries as JSON lines' },
    { flags: '--stat', description: 'only how many entries differ, with a bar for each state' },
    { flags: '--keys', description: 'of entries that differ only their keys' },
    { flags: '--schema-only', description: 'only operators, states and types; reads no entries' },
    { flags: '--ttl', description: 'another time of last access is a change, too' },
    {
      flags: '--limit <N>',
      description:
        'list at most N changes of each state; default: 20 in text, 200 with --html, 1000 in JSON, else all',
    },
    HTML_OPTION,
    { flags: '--exit-code', description: 'end with 10 if they differ, with 21 if nobody can tell' },
    ...SNAPSHOT_OPTIONS,
  ],
  examples: [
    { line: `${OLD} ${NEW} fraud-detector --stat`, does: 'what has changed in the states of one operator' },
    { line: `${OLD} ${NEW} --schema-only --exit-code`, does: 'whether types are the same, for a script' },
    { line: `${OLD} ${NEW} fraud-detector/tx-count --format ndjson`, does: 'every change as a JSON line' },
  ],
  notes: [
    'Operators are paired by id, states by name, entries by key group and the bytes of key and namespace. Of a changed value the places that differ are shown: value.address.city, value.tags[3], value["key"].',
    'A value that is the same with another time of last access is touched, which is counted and no difference unless --ttl. Elements of operator lists have no place: Flink deals them anew on every restore. Copies of broadcast state that are alike count once.',
    'Entries of the same bytes are not decoded where the snapshots are canonical. State that cannot be read is compared by its bytes: the same, or nobody can tell.',
    'Counts add up: entries of the old side are those removed, changed, touched and unchanged; of the new side those added, changed, touched and unchanged.',
  ],
  async run(context, [oldPath, newPath, address], options) {
    const format = formatOf(options);
    const old = await openSnapshot(context, oldPath!, options);
    const now = await openSnapshot(context, newPath!, options);
    let diff: SnapshotDiff | undefined;
    const progress = (done: number, total: number) =>
      context.log.progress('comparing', done, total, plural(diff?.changesSoFar() ?? 0, 'change'));
    const verdict = await withScratch(old.fs, async (scratch) => {
      diff = await snapshotDiff(old, now, {
        address,
        schemaOnly: options.schemaOnly === true,
        ttl: options.ttl === true,
        limit: limitOf(options, format),
        scratch,
        progress,
      });
      return format === 'json'
        ? printWhole(context, diff, options)
        : print(context, diff, writerOf(context, format, options), options);
    });
    if (options.exitCode !== true || verdict === 'same') return EXIT.clean;
    return verdict === 'differs' ? EXIT.differs : EXIT.lossy;
  },
};

type Format = 'text' | 'json' | 'ndjson' | 'unified';

function formatOf(options: OptionValues): Format {
  const { format, json, unified, stat } = options;
  const wanted = [...(format === 'text' ? [] : [format]), ...(json === true ? ['json'] : [])];
  if (unified === true) wanted.push('unified');
  const [first = 'text', ...others] = new Set(wanted);
  if (others.length > 0) throw usage('--format', `the output cannot be ${first} and ${others[0]} at once`);
  if (stat === true && first === 'unified') throw usage('--stat', 'a patch has no statistics');
  return first as Format;
}

const LIMITS: { readonly [format in Format]: number } = {
  text: 20,
  json: 1000,
  ndjson: Number.POSITIVE_INFINITY,
  unified: Number.POSITIVE_INFINITY,
};

/** A page holds its changes in memory. */
const PAGE_LIMIT = 200;

function limitOf(options: OptionValues, format: Format): number {
  if (options.stat === true) return 0;
  const usual = options.html === undefined || format === 'json' ? LIMITS[format] : PAGE_LIMIT;
  return countOption(options, 'limit') ?? usual;
}

function writerOf(context: Context, format: Format, options: OptionValues): DiffWriter {
  const { width, colour } = context.terminal;
  if (format === 'ndjson') return ndjsonDiffWriter();
  if (format === 'unified') return unifiedWriter(colour);
  return textWriter({ width, colour, stat: options.stat === true, keys: options.keys === true });
}

/** Writes changes as they come: memory does not grow with them. */
async function print(
  context: Context,
  diff: SnapshotDiff,
  writer: DiffWriter,
  options: OptionValues,
): Promise<DiffView['verdict']> {
  const write = async (lines: Iterable<string>) => {
    for (const line of lines) await context.stdout.write(`${line}\n`);
  };
  const kept: EntryChange[] = [];
  await write(writer.head(diff.schema));
  for await (const changes of diff.changes()) {
    for (const change of changes.map((each) => shown(each, options))) {
      await write(writer.change(change));
      if (options.html !== undefined) kept.push(change);
    }
  }
  context.log.clear();
  const view = diff.view(kept);
  await write(writer.tail(view));
  await writeHtml(context, view, options);
  return view.verdict;
}

async function printWhole(
  context: Context,
  diff: SnapshotDiff,
  options: OptionValues,
): Promise<DiffView['verdict']> {
  const kept: EntryChange[] = [];
  for await (const changes of diff.changes()) kept.push(...changes.map((change) => shown(change, options)));
  const view = diff.view(kept);
  await writeHtml(context, view, options);
  await printView(context, view, { ...options, format: 'json' });
  return view.verdict;
}

/** With `--keys`, a change without what it changed; a timer's time is part of what it is called. */
function shown(change: EntryChange, options: OptionValues): EntryChange {
  if (options.keys !== true || change.kind === 'timer') return change;
  const { old: _, new: __, ...rest } = change;
  return { ...rest, fields: [], fieldsLeftOut: 0 };
}
