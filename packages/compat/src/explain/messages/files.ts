import { INSPECT, type KnownMessage } from '../known-message.js';

/* Checkpoints, MetadataSerializers, AbstractFsCheckpointStorageAccess, StateUtil, VersionedIOReadableWritable of 1.8 to 2.3. */

const magic: KnownMessage = {
  id: 'not-a-metadata-file',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Unexpected magic number. This can have'],
  pattern: /Unexpected magic number\. This can have multiple reasons/,
  rules: [],
  read: () => ({
    cause:
      'the file does not begin as a _metadata file does: it is another file, it is damaged, or it was not copied whole',
    next: [INSPECT, 'copy it again in binary mode, or name the directory of the savepoint'],
  }),
};

const metadataVersion: KnownMessage = {
  id: 'metadata-version-unknown',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Unrecognized checkpoint version number'],
  pattern: /Unrecognized checkpoint version number: (?<version>-?\d+)/,
  rules: ['snapshot-newer-than-target'],
  read: ({ groups }) => ({
    cause: `the snapshot has metadata version ${groups!.version}, which this release of Flink does not know: a later release wrote it, and Flink does not go back`,
    next: [INSPECT, 'restore it with the release that wrote it or a later one'],
  }),
};

const metadataMissing: KnownMessage = {
  id: 'snapshot-not-found',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Cannot find checkpoint or savepoint', 'Cannot find meta data file', 'is not a valid file URI'],
  pattern:
    /Cannot find checkpoint or savepoint file\/directory '(?<a>.{1,500}?)'|Cannot find meta data file '_metadata' in directory '(?<b>.{1,500}?)'|Checkpoint\/savepoint path '(?<c>.{1,500}?)' is not a valid file URI/,
  rules: [],
  read: ({ groups }) => ({
    cause: `there is no snapshot at ${groups!.a ?? groups!.b ?? groups!.c}: the path is wrong, the snapshot was discarded, or it was never finished (a finished one has a _metadata file)`,
    next: [INSPECT, 'name the directory that holds _metadata; of a checkpoint that is chk-N'],
  }),
};

const stateFileMissing: KnownMessage = {
  id: 'state-file-missing',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['FileNotFoundException: ', 'NoSuchFileException: ', 'NoSuchKey'],
  pattern:
    /(?:FileNotFoundException|NoSuchFileException): (?<file>\S{1,800}?)(?: \(No such file or directory\)|: No such file or directory|$| does not exist)|NoSuchKey/,
  frame: /org\.apache\.flink\.(?:core\.fs|runtime\.state|runtime\.fs|fs)\b/,
  rules: [],
  read: ({ groups }) => ({
    cause: `a file that the snapshot points at is gone${groups!.file === undefined ? '' : `: ${groups!.file}`}. Incremental checkpoints share files with earlier ones, and checkpoints name files by their absolute place, so deleting old checkpoints or moving a checkpoint breaks them`,
    next: [
      INSPECT,
      'put the file back, or restore an earlier snapshot; savepoints of the canonical format hold all of their own files and can be moved',
    ],
  }),
};

const otherBackend: KnownMessage = {
  id: 'other-state-backend',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Unexpected state handle type'],
  pattern:
    /Unexpected state handle type, expected one of: (?<expected>.{1,500}?), but found: class (?<found>[\w$.]{1,300})/,
  rules: ['backend-changed'],
  read: ({ groups }) => ({
    cause: `the snapshot was written by another state backend (${groups!.found!.split('.').at(-1)}) than the job uses now. Checkpoints and native savepoints can be restored by the backend that wrote them only`,
    next: [
      'restore with the old backend, take a savepoint of the canonical format there, and change the backend with that',
      INSPECT,
    ],
  }),
};

const version: KnownMessage = {
  id: 'format-version-unknown',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Incompatible version: found', 'Unrecognized version', 'unknown snapshot version for'],
  pattern:
    /Incompatible version: found (?<found>-?\d+), compatible versions are (?<known>\[[\d, -]*\])|Unrecognized version(?: for TypeSerializerSnapshot format)?: (?<other>-?\d+)|unknown snapshot version for (?<what>\w+) (?<number>-?\d+)/,
  rules: [],
  read: ({ groups }) => {
    const found = groups!.found ?? groups!.other ?? groups!.number;
    const known = groups!.known === undefined ? '' : ` (it knows ${groups!.known})`;
    return {
      cause: `a part of the snapshot has version ${found}, which this release of Flink does not read${known}: another release wrote it, or a custom serializer reads more or fewer bytes than it wrote`,
      next: [INSPECT, 'statewright bytes SNAPSHOT'],
    };
  },
};

const corrupt: KnownMessage = {
  id: 'damaged-or-misread',
  flink: '1.8 to 2.3',
  weight: 'cause',
  needles: ['Corrupt data', 'Corrupted stream received header'],
  pattern: /Corrupt data[,:] .{0,60}?magic number|Corrupted stream received header/,
  rules: [],
  read: () => ({
    cause:
      'a magic number inside the snapshot is wrong: the file is damaged, or a custom serializer before it reads more or fewer bytes than it wrote',
    next: ['statewright inspect SNAPSHOT', 'statewright bytes SNAPSHOT'],
  }),
};

/** Files that are missing, damaged or of another kind. */
export const FILES: readonly KnownMessage[] = [
  magic,
  metadataVersion,
  metadataMissing,
  stateFileMissing,
  otherBackend,
  version,
  corrupt,
];
