import { DataOutputView } from '@statewright/bytes';
import type { StateStream } from '../model.js';

/** Bytes `[start, end)` of a stream, and what stands in their place. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

/** What changes in a stream: its header, and with the header's length the place of all that follows. */
export interface StreamEdit {
  /** In ascending order, none overlapping. */
  readonly replacements: readonly Replacement[];
  /** How much longer the header gets. */
  readonly growth: number;
  /** State names, old to new; the handle of operator state has them too. */
  readonly names: ReadonlyMap<string, string>;
}

/** A state's new name, by its id in a stream. */
export interface NewName {
  readonly stateId: number;
  readonly name: string;
}

/** The edit that gives states of a stream new names. `fileOffset` is the file position of the stream's first byte. */
export function renameEdit(
  stream: StateStream,
  newNames: readonly NewName[],
  fileOffset: number,
): StreamEdit {
  const names = new Map<string, string>();
  const replacements = newNames.map(({ stateId, name }): Replacement => {
    const state = stream.states[stateId]!;
    names.set(state.name, name);
    const output = new DataOutputView();
    output.writeUTF(name);
    const start = state.nameSpan.start - fileOffset;
    return { start, end: state.nameSpan.end - fileOffset, bytes: output.toBytes() };
  });
  replacements.sort((a, b) => a.start - b.start);
  const growth = replacements.reduce((sum, each) => sum + each.bytes.length - (each.end - each.start), 0);
  return { replacements, growth, names };
}

/** The first `edited` bytes of a stream with the edit applied; all replacements lie within them. */
export function applyEdit(bytes: Uint8Array, edit: StreamEdit): Uint8Array {
  const output = new DataOutputView(bytes.length + Math.max(edit.growth, 0));
  let at = 0;
  for (const { start, end, bytes: replacement } of edit.replacements) {
    output.writeBytes(bytes.subarray(at, start));
    output.writeBytes(replacement);
    at = end;
  }
  output.writeBytes(bytes.subarray(at));
  return output.toBytes();
}
