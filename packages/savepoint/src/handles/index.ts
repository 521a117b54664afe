import type { DataInputView, DataOutputView } from '@statewright/bytes';
import { byteStream } from './byte-stream.js';
import { changelog, changelogV2 } from './changelog.js';
import { changelogBytes, changelogFiles, changelogFilesV2 } from './changelog-increment.js';
import { file } from './file.js';
import type { HandleFormat, HandleReader, HandleWriter } from './format.js';
import { incremental, incrementalV2 } from './incremental.js';
import { keyGroups, keyGroupsStream, keyGroupsV2, savepointKeyGroups } from './key-groups.js';
import type { StreamStateHandle } from './model.js';
import { HANDLE_TAG, type KeyedStateHandle, type OperatorStateHandle, type StateHandle } from './model.js';
import { partitionable, segmentPartitionable } from './operator-state.js';
import { relativeFile } from './relative-file.js';
import { emptySegmentFile, segmentFile } from './segment-file.js';

/** Every handle, by type byte and place. */
export const HANDLE_FORMATS = [
  byteStream,
  file,
  keyGroups,
  keyGroupsStream,
  partitionable,
  incremental,
  relativeFile,
  savepointKeyGroups,
  changelog,
  changelogBytes,
  changelogFiles,
  incrementalV2,
  keyGroupsV2,
  changelogFilesV2,
  changelogV2,
  segmentFile,
  emptySegmentFile,
  segmentPartitionable,
] as unknown as readonly HandleFormat[];

type Place = HandleFormat['place'];

const BY_PLACE: Record<Place, ReadonlyMap<number, HandleFormat>> = {
  stream: byTag('stream'),
  keyed: byTag('keyed'),
  operator: byTag('operator'),
};

function byTag(place: Place): ReadonlyMap<number, HandleFormat> {
  return new Map(HANDLE_FORMATS.filter((row) => row.place === place).map((row) => [row.tag, row]));
}

const KIND: Record<Place, string> = {
  stream: 'StreamStateHandle',
  keyed: 'KeyedStateHandle',
  operator: 'OperatorStateHandle',
};

/**
 *   i8  type byte, 0 for none; then what the row of that type byte says
 */
function readHandle(input: DataInputView, place: Place): StateHandle | undefined {
  const start = input.filePos;
  const tag = input.readByte(KIND[place]);
  if (tag === HANDLE_TAG.NULL_HANDLE) return undefined;
  const format = BY_PLACE[place].get(tag);
  if (format === undefined) {
    input.pos -= 1;
    const known = [...BY_PLACE[place].keys()].sort((a, b) => a - b).join(', ');
    throw input.error('UNKNOWN_HANDLE', KIND[place], `type byte ${tag} is none of 0, ${known}`);
  }
  return format.read(input, start, READER);
}

const READER: HandleReader = {
  readStream: (input) => readHandle(input, 'stream') as StreamStateHandle | undefined,
  readKeyed: (input) => readHandle(input, 'keyed') as KeyedStateHandle | undefined,
};

/** A stream handle; undefined for none. Follows `MetadataV2V3SerializerBase#deserializeStreamStateHandle`. */
export const readStreamHandle = READER.readStream;

/** A keyed handle; undefined for none. Follows `MetadataV2V3SerializerBase#deserializeKeyedStateHandle`. */
export const readKeyedHandle = READER.readKeyed;

/** An operator handle; undefined for none. Follows `MetadataV2V3SerializerBase#deserializeOperatorStateHandle`. */
export function readOperatorHandle(input: DataInputView): OperatorStateHandle | undefined {
  return readHandle(input, 'operator') as OperatorStateHandle | undefined;
}

/** Writes handles; `source` are the bytes of the metadata that the handles' inline spans point into. */
export interface HandleOutput extends HandleWriter {
  writeOperator(output: DataOutputView, handle: OperatorStateHandle | undefined): void;
}

/** A writer whose inline data comes from `data`, by default out of the metadata the handles were read from. */
export function handleWriter(data: HandleWriter['data']): HandleOutput {
  const write = (output: DataOutputView, place: Place, handle: StateHandle | undefined): void => {
    if (handle === undefined) {
      output.writeByte(HANDLE_TAG.NULL_HANDLE);
      return;
    }
    const tag = tagOf(handle);
    output.writeByte(tag);
    BY_PLACE[place].get(tag)!.write(output, handle, writer);
  };
  const writer: HandleOutput = {
    writeStream: (output, handle) => write(output, 'stream', handle),
    writeKeyed: (output, handle) => write(output, 'keyed', handle),
    writeOperator: (output, handle) => write(output, 'operator', handle),
    data,
  };
  return writer;
}

/** The type byte of a handle. */
export function tagOf(handle: StateHandle): number {
  switch (handle.type) {
    case 'byte-stream':
      return HANDLE_TAG.BYTE_STREAM_STATE_HANDLE;
    case 'file':
      return HANDLE_TAG.FILE_STREAM_STATE_HANDLE;
    case 'relative-file':
      return HANDLE_TAG.RELATIVE_STREAM_STATE_HANDLE;
    case 'segment-file':
      return HANDLE_TAG.SEGMENT_FILE_HANDLE;
    case 'empty-segment-file':
      return HANDLE_TAG.EMPTY_SEGMENT_FILE_HANDLE;
    case 'changelog-bytes':
      return HANDLE_TAG.CHANGELOG_BYTE_INCREMENT_HANDLE;
    default:
      return handle.tag;
  }
}
