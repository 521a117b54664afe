import { exportLines } from '@statewright/inspect';
import { escapeText } from '@statewright/report';
import { writeNew } from '../../data/export.js';
import { stateOf } from '../../data/place.js';
import type { Effect, ScreenContext } from '../../screen.js';
import type { KeysData, KeysState } from './state.js';

/** Writes all entries of the state to a new file, as `export` does. */
export function exportState(state: KeysState, { session }: ScreenContext, file: string): Effect<KeysData> {
  return {
    label: `writing ${escapeText(file)}`,
    async run(signal) {
      const { scratch, savepoint } = session;
      if (scratch === undefined) throw new Error('there is no room for temporary files');
      let lines = 0;
      async function* chunks(): AsyncGenerator<Uint8Array> {
        for await (const chunk of exportLines(savepoint, [stateOf(session, state.args)!], {
          scratch: scratch!,
        })) {
          signal.throwIfAborted();
          lines += chunk.lines;
          yield chunk.bytes;
        }
      }
      await writeNew(session.fs, file, chunks());
      return { type: 'written', file, lines };
    },
  };
}
