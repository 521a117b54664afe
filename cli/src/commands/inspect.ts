import { type InspectView, inspectView } from '@statewright/inspect';
import { mermaidGraph, svgGraph } from '@statewright/report';
import type { Command, OptionValues } from '../command.js';
import type { Context } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { openSnapshot } from '../open.js';
import { formatOption, SNAPSHOT_ARGUMENT, SNAPSHOT_OPTIONS, textOption, usage } from '../options.js';
import { printView } from '../print-view.js';

const GRAPHS = { mermaid: mermaidGraph, svg: svgGraph };

/** What is in a snapshot: operators, states, types, sizes. Costs the metadata, not the state. */
export const inspectCommand: Command = {
  arguments: [SNAPSHOT_ARGUMENT],
  options: [
    formatOption('text', 'json', 'ndjson'),
    { flags: '--streams', description: 'list the state streams of every subtask with their files, too' },
    {
      flags: '--graph <GRAPH>',
      description: 'draw operators and states: a Mermaid flowchart, or an SVG file',
      choices: Object.keys(GRAPHS),
    },
    ...SNAPSHOT_OPTIONS,
  ],
  examples: [
    {
      line: 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint',
      does: 'operators, states and sizes of a savepoint',
    },
    {
      line: 'fixtures/savepoints/fraud-detector-flink1.20-hashmap-savepoint --uid-candidates fraud-detector,rules',
      does: 'a savepoint of Flink 1.x holds hashes of uids only: name the uids that it may hold',
    },
    {
      line: 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint --graph mermaid',
      does: 'a picture for a page or a pull request',
    },
  ],
  notes: ['A graph has no arrows: a snapshot does not tell which operator feeds which.'],
  async run(context, [path], options) {
    const { savepoint, describe } = await openSnapshot(context, path!, options);
    const view = inspectView(savepoint, path!, describe);
    const graph = textOption(options, 'graph');
    if (graph === undefined) await printView(context, view, options, options.streams === true);
    else await printGraph(context, view, graph, options);
    return EXIT.clean;
  },
};

async function printGraph(
  context: Context,
  view: InspectView,
  graph: string,
  { format }: OptionValues,
): Promise<void> {
  if (format !== 'text') throw usage('--graph', `the output cannot be ${graph} and ${format} at once`);
  for (const line of GRAPHS[graph as keyof typeof GRAPHS](view)) await context.stdout.write(`${line}\n`);
}
