import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { CORPUS } from '../savepoint/corpus.js';
import { type Browser, openBrowser, SIZES } from './press.js';

/* Snapshots of Flink's own tests that no fixture resembles: what cannot be read is said in full, also where there is little room. */

const LEGACY = path.join(CORPUS, 'savepoints/stateful-scala-udf-flink1.3-jobmanager-savepoint');
const ROCKSDB = path.join(CORPUS, 'savepoints/new-stateful-udf-flink1.17-rocksdb-checkpoint');

/** What is on the screen as one text: rows are wrapped, and words may be cut at their ends. */
function textOf(ui: Browser): string {
  return ui.frame().replace(/\s+/g, '');
}

function says(ui: Browser, text: string): void {
  assert.ok(textOf(ui).includes(text.replace(/\s+/g, '')), ui.frame());
}

describe('official snapshots', () => {
  for (const size of SIZES) {
    test(`of Flink 1.3: why no state is listed, at ${size.width}x${size.height}`, async () => {
      const ui = await openBrowser(LEGACY, size);
      await ui.press('enter');
      says(ui, 'its states cannot be read: LEGACY_FORMAT KeyedBackendSerializationProxy');
      says(ui, 'take a savepoint with Flink 1.8 to 1.16');
      says(ui, ':files has 3 more streams like it');
      if (size.height < 24) return;
      await ui.press('q', 'F', 'enter');
      says(ui, 'take a savepoint with Flink 1.8 to 1.16');
    });

    test(`of a RocksDB checkpoint: why no entries are shown, and their types, at ${size.width}x${size.height}`, async () => {
      const ui = await openBrowser(ROCKSDB, size);
      await ui.press('enter', 'enter');
      says(ui, "its values lie in RocksDB's own files, which this release does not");
      says(ui, 'timer<tuple<long>, long>');
      await ui.press('q', 't');
      assert.match(ui.frame(), /^- 41e91aae\/_timer_state\/proc/m);
    });
  }
});
