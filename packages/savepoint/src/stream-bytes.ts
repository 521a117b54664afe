import { type FileSystem, StatewrightError } from '@statewright/bytes';
import type { SavepointLocation, StreamRef } from './model.js';

/** The bytes of one stream, by position in the stream. */
export interface StreamBytes {
  readonly size: number;
  /** The file that the bytes lie in and the position of the stream's first byte in it: what spans count from. */
  readonly file: string;
  readonly fileOffset: number;
  /** Bytes `[start, end)` of the stream. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** The bytes behind a stream reference; OUTSIDE_SNAPSHOT for a file that must not be opened. */
export function streamBytes(fs: FileSystem, location: SavepointLocation, ref: StreamRef): StreamBytes {
  if (ref.kind === 'empty') return new RangeBytes(fs, location.metadataPath, 0, 0);
  if (ref.kind === 'inline') return new RangeBytes(fs, location.metadataPath, ref.span.start, ref.size);
  if (ref.outside === true) {
    const span = { file: ref.path, start: ref.start, end: ref.start + ref.size };
    const reason = `the file does not lie in the snapshot's directory ${JSON.stringify(location.directory)}`;
    throw new StatewrightError('OUTSIDE_SNAPSHOT', { span, kind: 'state file', reason });
  }
  return new RangeBytes(fs, ref.path, ref.start, ref.size);
}

class RangeBytes implements StreamBytes {
  constructor(
    private readonly fs: FileSystem,
    readonly file: string,
    readonly fileOffset: number,
    readonly size: number,
  ) {}

  read(start: number, end: number): Promise<Uint8Array> {
    return this.fs.readRange(this.file, this.fileOffset + start, this.fileOffset + end);
  }
}
