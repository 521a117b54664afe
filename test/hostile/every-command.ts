import type { FileSystem, FileWriter } from '@statewright/bytes';
import {
  type Describe,
  describer,
  type EntryChange,
  entryBytesView,
  exportColumns,
  exportLines,
  getLines,
  metadataBytesView,
  snapshotDiff,
  splitReadable,
  stateBytesView,
  statsView,
  textLines,
} from '@statewright/inspect';
import {
  csvRow,
  type ExportRecord,
  jsonText,
  ndjsonDiffWriter,
  openParquet,
  RENDERERS,
  unifiedWriter,
} from '@statewright/report';
import {
  accountBytes,
  openSavepoint,
  readEntries,
  renameStates,
  type Savepoint,
  type State,
  type StateEntry,
} from '@statewright/savepoint';
import { toJson } from '@statewright/serializers';
import { typed } from './answer.js';
import { ROOT } from './samples.js';

/** A file system that takes whatever is written to it. */
class Sink implements FileSystem {
  readonly written = new Set<string>();

  async stat(): Promise<undefined> {
    return undefined;
  }

  async list(): Promise<readonly string[]> {
    return [];
  }

  async readRange(): Promise<Uint8Array> {
    return new Uint8Array(0);
  }

  async createWrite(path: string): Promise<FileWriter> {
    return {
      write: async () => {},
      commit: async () => void this.written.add(path),
      abort: async () => {},
    };
  }

  async delete(): Promise<void> {}
}

/** What a command needs. */
interface Opened {
  readonly savepoint: Savepoint;
  readonly describe: Describe;
  readonly states: readonly State[];
}

const STATS = { top: 3, atMillis: 1_700_000_000_000, ttlMillis: 1000 };

/** What each command does with an open savepoint, by its name. */
const COMMANDS: { readonly [command: string]: (opened: Opened) => Promise<unknown> } = {
  stats: async ({ savepoint, describe, states }) => {
    for (const values of [true, false]) {
      const view = await statsView(savepoint, ROOT, states, describe, { ...STATS, values });
      jsonText(view);
      for (const _ of RENDERERS[0]!.render(view, { width: 80, colour: true, detail: true }));
    }
  },
  export: async (opened) => {
    for (const options of [{}, { typed: true }, { flatten: true }]) await exported(opened, options);
  },
  table: async ({ savepoint, describe, states }) => {
    for (const state of states) {
      const columns = exportColumns([state], describe, false);
      const file = await openParquet(columns);
      for (const line of await exported({ savepoint, describe, states: [state] }, {})) {
        const record = JSON.parse(line) as ExportRecord;
        csvRow(columns, record, true);
        file.add(record, line.length);
      }
      file.finish();
    }
  },
  diff: async ({ savepoint, describe }) => {
    const side = { savepoint, path: ROOT, describe };
    const scratch = { fs: savepoint.fs, directory: '/scratch', budget: 64 << 20 };
    for (const options of [{ ttl: true }, { decodeAll: true }, { schemaOnly: true }]) {
      const diff = await snapshotDiff(side, side, { ...options, limit: 100, scratch });
      const changes: EntryChange[] = [];
      for await (const batch of diff.changes()) changes.push(...batch);
      const view = diff.view(changes);
      if (view.verdict === 'differs') throw new Error('a snapshot differs from itself');
      jsonText(view);
      for (const _ of RENDERERS[0]!.render(view, { width: 80, colour: true })) _.length;
      for (const writer of [unifiedWriter(true), ndjsonDiffWriter()]) {
        for (const _ of [...writer.head(view), ...changes.flatMap((each) => [...writer.change(each)])])
          _.length;
      }
    }
  },
  get: async ({ savepoint, describe, states }) => {
    for (const state of states.filter(({ keySerializer }) => keySerializer !== undefined)) {
      const [entry] = await someEntries(savepoint, [state]);
      const key = entry?.key === undefined ? '"key"' : toJson(entry.key);
      for await (const _ of getLines(savepoint, state, describe, { key }));
    }
  },
  bytes: async ({ savepoint, states }) => {
    const views = [await metadataBytesView(savepoint, ROOT)];
    for (const state of states) views.push(await stateBytesView(savepoint, ROOT, state));
    views.push(await entryBytesView(savepoint, ROOT, (await someEntries(savepoint, states)).slice(0, 5)));
    for (const view of views) jsonText(view);
  },
  account: async ({ savepoint }) => {
    for await (const _ of accountBytes(savepoint));
  },
  rename: async ({ savepoint, states }) => {
    const state = states.find(({ kind }) => kind !== 'timer');
    if (state !== undefined)
      await renameStates(savepoint, { states: [{ state, to: 'renamed' }] }, '/renamed', { fs: new Sink() });
  },
};

async function exported(
  { savepoint, states }: Opened,
  options: { readonly typed?: boolean; readonly flatten?: boolean },
): Promise<string[]> {
  const scratch = { fs: savepoint.fs, directory: '/scratch', budget: 64 << 20 };
  const lines: string[] = [];
  for await (const chunk of exportLines(savepoint, states, { ...options, scratch })) {
    for (const line of textLines(chunk)) {
      JSON.parse(line);
      lines.push(line);
    }
  }
  return lines;
}

async function someEntries(savepoint: Savepoint, states: readonly State[]): Promise<readonly StateEntry[]> {
  for await (const batch of readEntries(savepoint, states)) return batch;
  return [];
}

/** Opens a snapshot and does with it what every command does. Anything but typed errors is a defect and is thrown. */
export async function everyCommand(fs: FileSystem): Promise<string> {
  let opened: Opened;
  try {
    const savepoint = await openSavepoint(ROOT, { fs, relocate: true });
    const { readable } = splitReadable(savepoint.operators.flatMap((operator) => operator.states));
    opened = { savepoint, describe: describer(savepoint.formats), states: readable };
  } catch (error) {
    return typed(error).code;
  }
  for (const [command, run] of Object.entries(COMMANDS)) {
    try {
      await run(opened);
    } catch (error) {
      try {
        typed(error);
      } catch {
        throw new Error(`${command}: ${(error as Error).stack}`);
      }
    }
  }
  return 'opened';
}
