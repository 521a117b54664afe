import { camelCase, insertBefore } from './names.mjs';

/** A command that opens a snapshot and counts its operators, to be filled in. */
export function command(name) {
  const row = `${camelCase(name)}Command`;
  return {
    files: {
      [`cli/src/commands/${name}.ts`]: source(row),
      [`test/cli/${name}.txt`]: `$ statewright ${name} --help\n----\n`,
    },
    edits: {
      'cli/src/commands/index.ts': (text) =>
        insertBefore(
          text,
          /\];\s*$/,
          `  {\n    name: '${name}',\n    summary: 'count the operators of a snapshot',\n` +
            `    load: async () => (await import('./${name}.js')).${row},\n  },\n`,
        ),
    },
    next: [
      'put the logic into a package, and call it from the command',
      `write a session into test/cli/${name}.txt and record what it prints`,
      'run npm run docs, which writes the page of commands',
    ],
  };
}

function source(row) {
  return `import type { Command } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { openSnapshot } from '../open.js';
import { SNAPSHOT_ARGUMENT, SNAPSHOT_OPTIONS } from '../options.js';

/** Counts the operators of a snapshot. */
export const ${row}: Command = {
  arguments: [SNAPSHOT_ARGUMENT],
  options: [...SNAPSHOT_OPTIONS],
  examples: [
    {
      line: 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint',
      does: 'how many operators a savepoint has',
    },
  ],
  notes: [],
  async run(context, [path], options) {
    const { savepoint } = await openSnapshot(context, path!, options);
    await context.stdout.write(\`\${savepoint.operators.length}\\n\`);
    return EXIT.clean;
  },
};
`;
}
