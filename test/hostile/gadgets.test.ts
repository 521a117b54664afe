import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { DataInputView, describeJavaObject, isJavaObject } from '@statewright/bytes';
import { openSavepoint, readMetadata, writeMetadata } from '@statewright/savepoint';
import { scratchDirectory, statewright, writeSample } from './cli.js';
import { gadget } from './java-stream-bytes.js';
import { official, ROOT, type Sample, withFile } from './samples.js';
import { viewOf } from './snapshot-bytes.js';

/*
 * Java streams that a JVM would run something for. Here they are data: there is nothing that could run them.
 */

const METADATA = `${ROOT}/_metadata`;
const COMMAND = 'touch pwned';
const GADGET = gadget(COMMAND);
/** Operator state within its metadata; its elements are Java objects. */
const SAMPLE = official('operatorstate-nonKeyed-flink1.19');

/** The gadget in place of the last element of every operator state. */
function gadgetAsState(): Sample {
  const bytes = SAMPLE.files.get(METADATA)!;
  const metadata = readMetadata(new DataInputView(bytes, METADATA));
  const handles = metadata.operatorStates.flatMap(({ subtaskStates }) =>
    subtaskStates.flatMap(({ managedOperatorState }) => managedOperatorState ?? []),
  );
  const written = writeMetadata(metadata, (span) => {
    const inline = bytes.subarray(span.start, span.end);
    const end = lastOffset(
      handles.find(({ delegate }) => delegate?.type === 'byte-stream' && delegate.data === span),
    );
    return end === undefined ? inline : new Uint8Array(Buffer.concat([inline.subarray(0, end), GADGET]));
  });
  return { name: SAMPLE.name, files: withFile(SAMPLE, METADATA, written) };
}

function lastOffset(
  handle: { readonly states: readonly { readonly offsets: readonly number[] }[] } | undefined,
): number | undefined {
  const offsets = handle?.states.flatMap((state) => state.offsets) ?? [];
  return offsets.length === 0 ? undefined : Math.max(...offsets);
}

/** The gadget in place of the properties at the end of the metadata. */
function gadgetAsProperties(): Sample {
  const bytes = SAMPLE.files.get(METADATA)!;
  const { properties } = readMetadata(new DataInputView(bytes, METADATA));
  const changed = new Uint8Array(Buffer.concat([bytes.subarray(0, properties!.start), GADGET]));
  return { name: SAMPLE.name, files: withFile(SAMPLE, METADATA, changed) };
}

describe('a deserialization gadget', () => {
  test('is described', () => {
    const value = describeJavaObject(viewOf(GADGET));
    assert.ok(isJavaObject(value));
    assert.equal(value.description.name, 'org.apache.commons.collections.functors.InvokerTransformer');
    assert.deepEqual(value.data[0]!.values.slice(1), ['exec', null]);
  });

  test('as state is opaque bytes, with the reason', async () => {
    const scratch = scratchDirectory();
    const snapshot = writeSample(gadgetAsState(), join(scratch, 'snapshot'));
    const cwd = join(scratch, 'cwd');
    mkdirSync(cwd);
    const { code, stdout, stderr } = await statewright(['export', snapshot], { cwd });
    assert.equal(code, 0, stderr);
    const hex = Buffer.from(GADGET).toString('hex');
    const found = stdout.split('\n').filter((line) => line.includes(hex));
    assert.ok(found.length > 0);
    for (const line of found)
      assert.match(line, /a Java object stream, which is described and never executed/);
    assert.deepEqual(readdirSync(cwd), []);
  });

  test('as properties of a checkpoint tells nothing of it', async () => {
    const scratch = scratchDirectory();
    const snapshot = writeSample(gadgetAsProperties(), join(scratch, 'snapshot'));
    const { snapshotType, snapshotFormat } = await openSavepoint(snapshot);
    assert.deepEqual([snapshotType, snapshotFormat], [undefined, undefined]);
    const cwd = join(scratch, 'cwd');
    mkdirSync(cwd);
    for (const command of ['inspect', 'bytes', 'export']) {
      assert.equal((await statewright([command, snapshot], { cwd })).code, 0);
    }
    assert.deepEqual(readdirSync(cwd), []);
  });
});
