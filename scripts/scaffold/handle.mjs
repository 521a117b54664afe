import { camelCase, constantCase, inOrder, insertBefore, pascalCase } from './names.mjs';

const FOLDER = 'packages/savepoint/src/handles';

/** A handle to a stream of bytes, with the next free type byte. */
export function handle(name) {
  const type = `${pascalCase(name)}StateHandle`;
  const tag = `${constantCase(name)}_HANDLE`;
  const row = camelCase(name);
  return {
    files: {
      [`${FOLDER}/${name}.ts`]: source(name, type, tag, row),
      [`test/savepoint/handle-${name}.test.ts`]: test(name, type),
    },
    edits: {
      [`${FOLDER}/model.ts`]: inOrder(
        (text) => insertBefore(text, /\} as const;/, `  ${tag}: ${nextTag(text)},\n`),
        (text) => insertBefore(text, /import /, `import type { ${type} } from './${name}.js';\n`),
        (text) => text.replace(/export type StreamStateHandle =/, `$&\n  | ${type}`),
      ),
      [`${FOLDER}/index.ts`]: inOrder(
        (text) => insertBefore(text, /import /, `import { ${row} } from './${name}.js';\n`),
        (text) => insertBefore(text, /\] as unknown as readonly HandleFormat\[\];/, `  ${row},\n`),
      ),
    },
    next: [
      'check the type byte against MetadataV2V3SerializerBase, and write the grammar above the reader',
      'run npm run build: the compiler names the places that must know where the bytes of the new handle lie',
      `take a savepoint that has one, as fixtures/savepoints/${name}`,
    ],
  };
}

function nextTag(model) {
  const tags = [...model.matchAll(/^ {2}[A-Z0-9_]+: (\d+),$/gm)].map((match) => Number(match[1]));
  return Math.max(...tags) + 1;
}

function source(name, type, tag, row) {
  return `import type { DataInputView, DataOutputView, Span } from '@statewright/bytes';
import type { HandleFormat } from './format.js';
import { HANDLE_TAG } from './model.js';
import { readPosition } from './numbers.js';

/** State that lies at a place of its own. */
export interface ${type} {
  readonly type: '${name}';
  readonly span: Span;
  readonly tag: number;
  readonly place: string;
  readonly stateSize: number;
}

/**
 *   utf  place
 *   i64  stateSize in bytes
 *
 * Follows \`MetadataV2V3SerializerBase#deserializeStreamStateHandle\` (Flink 2.3).
 */
function read${type}(input: DataInputView, start: number): ${type} {
  const place = input.readUTF('place');
  const stateSize = readPosition(input, 'state size');
  return { type: '${name}', span: input.spanFrom(start), tag: HANDLE_TAG.${tag}, place, stateSize };
}

function write${type}(output: DataOutputView, handle: ${type}): void {
  output.writeUTF(handle.place);
  output.writeLong(BigInt(handle.stateSize));
}

export const ${row}: HandleFormat<${type}> = {
  tag: HANDLE_TAG.${tag},
  name: '${type}',
  place: 'stream',
  since: '2.3',
  read: read${type},
  write: write${type},
};
`;
}

function test(name, type) {
  return `import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DataInputView } from '@statewright/bytes';
import { readMetadata, writeMetadata } from '@statewright/savepoint';

const FIXTURE = new URL('../../../fixtures/savepoints/${name}/_metadata', import.meta.url);

test('a savepoint with a ${type} is read and written back', () => {
  const bytes = readFileSync(FIXTURE);
  const metadata = readMetadata(new DataInputView(bytes, '_metadata'));
  assert.match(JSON.stringify(metadata, (_, value) => (typeof value === 'bigint' ? \`\${value}\` : value)), /"type":"${name}"/);
  const written = writeMetadata(metadata, (span) => bytes.subarray(span.start, span.end));
  assert.deepEqual(Buffer.from(written), bytes);
});
`;
}
