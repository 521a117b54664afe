export type { FileStat, FileSystem, FileWriter } from './byte-source.js';
export { combineCrc32c, crc32c } from './crc32c.js';
export { DataInputView, MAX_DEPTH } from './data-input-view.js';
export { DataOutputView } from './data-output-view.js';
export { ERROR_CODES, type ErrorCode, type ErrorDetails, StatewrightError } from './errors.js';
export { describeJavaObject } from './java-object-stream.js';
export {
  extendsJavaClass,
  isJavaObject,
  type JavaArray,
  type JavaBlockData,
  type JavaClass,
  type JavaClassData,
  type JavaClassDescription,
  type JavaContent,
  type JavaEnum,
  type JavaField,
  type JavaObject,
  type JavaValue,
  javaField,
} from './java-object-stream-model.js';
export { LocalFileSystem, type LocalFileSystemOptions } from './local-file-system.js';
export { decodeModifiedUtf8, encodeModifiedUtf8 } from './modified-utf8.js';
export { readPieces } from './read-pieces.js';
export { readSnappyBlock } from './snappy-block.js';
export {
  readSnappyChunk,
  SnappyFramedDecoder,
  SnappyFramedEncoder,
  snappyChunkSize,
} from './snappy-framing.js';
export { formatSpan, type Span } from './span.js';
