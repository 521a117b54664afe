import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DataOutputView } from '@statewright/bytes';
import { keyGroupFor, openSavepoint, readEntries, type State, type StateEntry } from '@statewright/savepoint';
import { type Codec, compileCodec } from '@statewright/serializers';
import { madeAnew, rowsIn } from './values-made-anew.js';

const OFFICIAL = fileURLToPath(new URL('../../../../shared/fixtures/official/', import.meta.url));

function sqlSavepoints(): { id: string; metadata: string }[] {
  const { entries } = JSON.parse(readFileSync(`${OFFICIAL}index.json`, 'utf8')) as {
    entries: { id: string; kind: string; metadata: string }[];
  };
  return entries.filter((entry) => entry.kind === 'sql-savepoint');
}

function encoded(codec: Codec, value: unknown): Uint8Array {
  const out = new DataOutputView();
  codec.write(out, value);
  return out.toBytes();
}

/** What a test knows of a state: codecs that write its keys, and its values where an entry holds the whole of one. */
class StateCheck {
  private readonly key: Codec | undefined;
  private readonly value: Codec | undefined;

  constructor(readonly state: State) {
    this.key =
      state.keySerializer && state.kind !== 'broadcast' ? compileCodec(state.keySerializer) : undefined;
    this.value = state.ttl || state.kind === 'timer' ? undefined : compileCodec(state.valueSerializer);
  }

  /** Rows that were compared. */
  check(entry: StateEntry): number {
    let rows = this.rowsMadeAnew(this.key, entry.key);
    if (
      this.state.kind !== 'operator-list' &&
      this.state.kind !== 'union-list' &&
      this.state.kind !== 'broadcast'
    ) {
      rows += this.rowsMadeAnew(this.value, entry.value);
    }
    if (this.key !== undefined) {
      const hash = this.key.hash?.(entry.key);
      assert.ok(hash !== undefined, `${this.state.name} has keys without a hash`);
      assert.equal(keyGroupFor(hash, this.state.operator.maxParallelism), entry.keyGroup, this.state.name);
    }
    return rows;
  }

  private rowsMadeAnew(codec: Codec | undefined, value: unknown): number {
    const rows = rowsIn(value);
    if (codec !== undefined && rows > 0) {
      assert.deepEqual(encoded(codec, madeAnew(value)), encoded(codec, value), this.state.name);
    }
    return rows;
  }
}

describe('official SQL savepoints', () => {
  it('every row made anew has the bytes that Flink wrote, and every key hashes to its key group', async () => {
    let rows = 0;
    let entries = 0;
    for (const { metadata } of sqlSavepoints()) {
      const savepoint = await openSavepoint(`${OFFICIAL}${metadata}`);
      for (const state of savepoint.operators.flatMap((operator) => operator.states)) {
        const check = new StateCheck(state);
        for await (const batch of readEntries(savepoint, [state])) {
          entries += batch.length;
          for (const entry of batch) rows += check.check(entry);
        }
      }
    }
    assert.ok(rows > 1000, `only ${rows} rows`);
    assert.ok(entries > 700, `only ${entries} entries`);
  });
});
