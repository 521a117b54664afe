import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, test } from 'node:test';
import { ROOT } from '../architecture/source-tree.js';
import { CORPUS } from '../savepoint/corpus.js';

/* A savepoint of Flink 1.4: all of its state lies behind headers that Flink itself no longer reads. */
const SAVEPOINT = path.join(CORPUS, 'savepoints/new-stateful-udf-flink1.4-savepoint');

function statewright(...args: string[]) {
  return spawnSync(process.execPath, [path.join(ROOT, 'cli/dist/main.js'), ...args], { encoding: 'utf8' });
}

describe('state that no release reads any more', () => {
  test('makes export fail instead of printing nothing', () => {
    const { status, stdout, stderr } = statewright('export', SAVEPOINT);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^NOT_SUPPORTED state: .* LEGACY_FORMAT OperatorBackendSerializationProxy /);
  });

  test('is named by export --skip-unreadable and by stats', () => {
    const { status, stderr } = statewright('export', SAVEPOINT, '--skip-unreadable');
    assert.equal(status, 0);
    assert.equal(stderr.match(/^left out /gm)?.length, 30);
    const stats = JSON.parse(statewright('stats', SAVEPOINT, '--format', 'json').stdout);
    assert.equal(stats.unread.length, 30);
  });

  test('is said once for all subtasks by inspect', () => {
    const { stdout } = statewright('inspect', SAVEPOINT);
    assert.match(
      stdout.replace(/\s+/g, ' '),
      /! subtasks 1, 2, 3: LEGACY_FORMAT KeyedBackendSerializationProxy: version 4/,
    );
  });
});
