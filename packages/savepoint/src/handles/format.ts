import type { DataInputView, DataOutputView } from '@statewright/bytes';
import type { KeyedStateHandle, StateHandle, StreamStateHandle } from './model.js';

/** How handles read the handles inside them. */
export interface HandleReader {
  readStream(input: DataInputView): StreamStateHandle | undefined;
  readKeyed(input: DataInputView): KeyedStateHandle | undefined;
}

/** How handles write what is inside them. `data` gives the bytes of an inline span of the metadata that was read. */
export interface HandleWriter {
  writeStream(output: DataOutputView, handle: StreamStateHandle | undefined): void;
  writeKeyed(output: DataOutputView, handle: KeyedStateHandle | undefined): void;
  data(span: { readonly start: number; readonly end: number }): Uint8Array;
}

/** A row of the table of handles: one type byte, in one of the three places a handle can stand. */
export interface HandleFormat<H extends StateHandle = StateHandle> {
  readonly tag: number;
  /** Flink's constant for the type byte. */
  readonly name: string;
  readonly place: 'stream' | 'keyed' | 'operator';
  /** Flink versions that write it: first, and last where it has ended. */
  readonly since: string;
  readonly until?: string;
  /** Reads what follows the type byte; `start` is the type byte's file position. */
  read(input: DataInputView, start: number, reader: HandleReader): H;
  /** Writes what follows the type byte. */
  write(output: DataOutputView, handle: H, writer: HandleWriter): void;
}
