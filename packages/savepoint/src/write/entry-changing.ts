import { DataOutputView } from '@statewright/bytes';
import type { StatePlan } from '../entries/state-plan.js';
import type { StateEntry } from '../model.js';
import type { FrameWriter } from './canonical-writer.js';
import { encodeEntry, type RawEntrySink } from './encode-entry.js';
import type { NewEntry, StateRewrite } from './rewrite.js';

/** Makes canonical frames out of decoded entries. */
export class EntryChanging implements RawEntrySink {
  readonly key = new DataOutputView();
  readonly value = new DataOutputView();

  constructor(
    private readonly rewrite: StateRewrite,
    private readonly to: StatePlan,
    private readonly writer: FrameWriter,
  ) {}

  /** Writes what an entry becomes. */
  change(entry: StateEntry): void {
    const { rewrite, to } = this;
    const { watch } = rewrite;
    try {
      const results = rewrite.entries!(entry);
      for (const each of results) encodeEntry(to, each, this);
      if (!watch.wantsSample) return;
      watch.sample(
        entry,
        results.map((each) => ({ ...entry, ...each })),
      );
    } catch (thrown) {
      if (!watch.isSkip(thrown)) watch.failed(thrown, () => entry);
    }
  }

  /** Writes an entry that comes from nowhere. */
  put(entry: NewEntry): void {
    const { watch } = this.rewrite;
    try {
      encodeEntry(this.to, entry, this);
    } catch (thrown) {
      if (!watch.isSkip(thrown)) watch.failed(thrown, () => undefined);
    }
  }

  emit(): void {
    const { key, value, writer, rewrite } = this;
    const { body } = writer;
    writer.beginFrame(rewrite.targetId);
    body.writeInt(writer.prefixBytes + key.length);
    writer.writePrefix();
    body.writeAll(key);
    body.writeInt(value.length);
    body.writeAll(value);
    writer.endFrame();
    rewrite.counts.entriesOut++;
    rewrite.counts.bytesOut += key.length + value.length;
  }
}
