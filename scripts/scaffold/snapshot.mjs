import { constantCase, inOrder, insertBefore, pascalCase } from './names.mjs';

const INDEX = 'packages/serializers/src/snapshots/index.ts';

/** A serializer snapshot: values are Opaque until its codec is written. */
export function snapshot(name, { class: javaClass }) {
  const simple = `${pascalCase(name)}Serializer`;
  const className = javaClass ?? `org.apache.flink.api.common.typeutils.base.${simple}$${simple}Snapshot`;
  const row = constantCase(name);
  const fixture = `fixtures/serializers/${name}-flink2.3`;
  return {
    files: {
      [`packages/serializers/src/snapshots/${name}.ts`]: source(row, simple, className, name),
      [`test/serializers/snapshot-${name}.test.ts`]: test(simple, className, fixture),
    },
    edits: {
      [INDEX]: inOrder(
        (text) => insertBefore(text, /import /, `import { ${row} } from './${name}.js';\n`),
        (text) => insertBefore(text, /\](?: as [^;]*)?;\s*$/, `  ${row},\n`),
      ),
    },
    next: [
      `read ${className} and write its grammar above the row`,
      `let fixtures/generator write ${fixture}/serializer-snapshot`,
      'write the codec; what Flink 2.3 needs only at run time stays Opaque',
      'run npm run docs, which writes the page of serializers',
    ],
  };
}

function source(row, simple, className, type) {
  return `import type { SerializerSnapshot, SnapshotFormat } from '../model.js';
import { opaqueCodec } from '../opaque.js';

/**
 *     (nothing)
 *
 * Follows \`${className}\`, Flink 2.3.
 */
export const ${row}: SnapshotFormat<SerializerSnapshot> = {
  classNames: ['${className}'],
  versions: [3],
  notes: { type: '${type}', serializer: '${simple}', flink: '2.3-2.3', values: 'Opaque' },
  read(input, { className, version, start }) {
    return { className, version, nested: [], span: input.spanFrom(start) };
  },
  write: () => {},
  describe: () => ({ type: '${type}', serializer: '${simple}', opaque: 'the layout of its values is not known' }),
  codec: () => opaqueCodec('the layout of its values is not known', undefined, '${simple}'),
};
`;
}

function test(simple, className, fixture) {
  return `import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DataInputView, DataOutputView } from '@statewright/bytes';
import { readSerializerSnapshot, writeSerializerSnapshot } from '@statewright/serializers';

const FIXTURE = new URL('../../../${fixture}/', import.meta.url);

test('the snapshot of ${simple} is read to its last byte and written back', () => {
  const bytes = readFileSync(new URL('serializer-snapshot', FIXTURE));
  const input = new DataInputView(bytes, 'serializer-snapshot');
  const snapshot = readSerializerSnapshot(input);
  assert.equal(snapshot.className, '${className}');
  assert.equal(input.pos, bytes.length);
  const output = new DataOutputView();
  writeSerializerSnapshot(output, snapshot);
  assert.deepEqual(Buffer.from(output.toBytes()), bytes);
});
`;
}
