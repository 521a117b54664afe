import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { StatewrightError } from '@statewright/bytes';
import {
  accountBytes,
  openOperatorSnapshot,
  openSavepoint,
  readEntries,
  type Savepoint,
} from '@statewright/savepoint';
import { Opaque } from '@statewright/serializers';
import { CORPUS, corpus, snapshots } from './corpus.js';

const EXCEPTIONS = resolve(
  dirname(fileURLToPath(import.meta.url)),
  '../../../test/savepoint/known-exceptions.json',
);

/** What of each snapshot does not decode, and why: by the name of the snapshot. */
interface Exceptions {
  /** Does not open. */
  refused: { [id: string]: string };
  /** Opens, and some of its bytes are opaque. */
  opaque: { [id: string]: readonly string[] };
}

/** The reason without what differs from one place to the next. */
function plain(reason: string): string {
  return reason
    .replace(/ at \/.*?\[\d+\.\.\d+\)/, '')
    .replace(/; (its end is not known|what follows the key).*/, '')
    .replace(/; (take|let|register) .*/, '')
    .replace(/^the state lies behind a value.*/, 'the state lies behind a value whose end is not known');
}

/** Reads a snapshot to its last byte; gives the reasons for what stays opaque. */
async function readAll(id: string, savepoint: Savepoint): Promise<string[]> {
  const reasons = new Set<string>();
  for await (const account of accountBytes(savepoint)) {
    const where = `${id}: ${account.operator.id} subtask ${account.stream.subtask}`;
    assert.deepEqual(account.findings, [], where);
    const { stream, size, header, framing, entries, opaque, plain: between, stored } = account;
    const covered = stream.compressed ? header + between + stored : header + framing + entries + opaque;
    assert.equal(covered, size, where);
    assert.ok(opaque === 0 || account.why.length > 0, `${where}: ${opaque} opaque bytes for no reason`);
    for (const why of account.why) reasons.add(plain(why));
  }
  for await (const why of opaqueValues(savepoint)) reasons.add(plain(why));
  return [...reasons].sort();
}

/** Reads each state by itself, as a user does, and checks the keys' groups on the way. */
async function* opaqueValues(savepoint: Savepoint): AsyncGenerator<string> {
  for (const state of savepoint.operators.flatMap((operator) => operator.states)) {
    if (state.parts.some(({ stream }) => stream.format === 'rocksdb' || stream.format === 'changelog'))
      continue;
    for await (const batch of readEntries(savepoint, [state], { verifyKeyGroups: true })) {
      for (const { key, namespace, value } of batch) {
        for (const each of [key, namespace, value]) if (each instanceof Opaque) yield each.why;
      }
    }
  }
}

async function actual(): Promise<Exceptions> {
  const exceptions: Exceptions = { refused: {}, opaque: {} };
  const read = async (id: string, open: Promise<Savepoint>): Promise<void> => {
    let savepoint: Savepoint;
    try {
      savepoint = await open;
    } catch (error) {
      if (!(error instanceof StatewrightError)) throw error;
      exceptions.refused[id] = plain(error.message);
      return;
    }
    const reasons = await readAll(id, savepoint);
    if (reasons.length > 0) exceptions.opaque[id] = reasons;
  };
  for (const entry of snapshots()) await read(entry.id, openSavepoint(join(CORPUS, entry.metadata)));
  for (const entry of corpus('operator-snapshot')) {
    await read(entry.id, openOperatorSnapshot(join(CORPUS, entry.path)));
  }
  return exceptions;
}

test('every byte of the corpus is accounted for, and every entry decodes but for the known exceptions', async () => {
  assert.equal(snapshots().length, 265);
  assert.equal(corpus('operator-snapshot').length, 107);
  const found = await actual();
  if (process.env.STATEWRIGHT_REWRITE === '1') {
    writeFileSync(EXCEPTIONS, `${JSON.stringify(found, undefined, 2)}\n`);
  }
  assert.deepEqual(found, JSON.parse(readFileSync(EXCEPTIONS, 'utf8')));
});
