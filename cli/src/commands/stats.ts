import { findOperators, findStates, statsView } from '@statewright/inspect';
import { parseDuration } from '@statewright/report';
import { Biggest } from '../biggest.js';
import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { HTML_OPTION, writeHtml } from '../html-option.js';
import { openSnapshot } from '../open.js';
import {
  countOption,
  formatOption,
  SNAPSHOT_ARGUMENT,
  SNAPSHOT_OPTIONS,
  STATES_ARGUMENT,
  textOption,
} from '../options.js';
import { printView } from '../print-view.js';
import { parseTime } from '../times.js';

const SNAPSHOT = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';

/** How large states are, how even, how old. */
export const statsCommand: Command = {
  arguments: [SNAPSHOT_ARGUMENT, STATES_ARGUMENT],
  options: [
    formatOption('text', 'json', 'ndjson'),
    {
      flags: '--no-values',
      description: 'count and size canonical state by its frames, without decoding: faster, less',
    },
    { flags: '--top <N>', description: 'how many of the largest keys, lists and maps to list', default: '5' },
    {
      flags: '--ttl <DURATION>',
      description: 'the TTL of the states, for the expired share: 30m, 12h, 7d, PT12H',
    },
    { flags: '--at <TIME>', description: 'time for TTL and timers: ISO 8601 or milliseconds; default: now' },
    HTML_OPTION,
    ...SNAPSHOT_OPTIONS,
  ],
  examples: [
    { line: `${SNAPSHOT} fraud-detector --top 3`, does: 'all states of one operator' },
    { line: `${SNAPSHOT} --no-values`, does: 'counts and sizes at the speed of reading' },
    {
      line: 'fixtures/savepoints/zoo-kinds-flink2.3-rocksdb-savepoint --ttl 7d --at 2026-01-01T00:00:00Z',
      does: 'what would be expired at a time',
    },
  ],
  notes: [
    'One pass in bounded memory. Minimum, maximum, mean and totals are exact; quantiles are off by less than 1 %.',
    "With --no-values keys, elements and times are missing, minimum and maximum are as exact as quantiles, keys count with their namespace, and the frames of a map are its entries. State that has no frames (the heap's own format, operator state) is decoded all the same.",
    'States whose entries cannot be read are named and not counted.',
  ],
  async run(context, [path, address], options) {
    const at = textOption(options, 'at');
    const ttl = textOption(options, 'ttl');
    const biggest = new Biggest();
    const statsOptions = {
      values: options.values !== false,
      top: countOption(options, 'top') ?? 5,
      atMillis: at === undefined ? Date.now() : parseTime(at),
      ttlMillis: ttl === undefined ? undefined : parseDuration(ttl),
      histograms: textOption(options, 'html') !== undefined,
      progress: (done: number, total: number) => context.log.progress('reading', done, total, biggest.text),
      largest: biggest.found,
    };
    const { savepoint, describe } = await openSnapshot(context, path!, options);
    const states = findStates(savepoint, address);
    const operators = findOperators(savepoint, address);
    const view = await statsView(savepoint, path!, states, describe, { ...statsOptions, operators });
    await writeHtml(context, view, options);
    await printView(context, view, options);
    return EXIT.clean;
  },
};
