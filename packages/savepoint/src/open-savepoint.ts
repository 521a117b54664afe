import { DataInputView, type FileSystem, LocalFileSystem, StatewrightError } from '@statewright/bytes';
import { readSerializerSnapshot, SNAPSHOT_FORMATS, type SnapshotFormat } from '@statewright/serializers';
import { findSnapshot } from './find-snapshot.js';
import { flinkVersionsOf } from './flink-versions.js';
import { readMetadata } from './metadata/index.js';
import type { CheckpointMetadata } from './metadata/model.js';
import { describeProperties } from './metadata/properties.js';
import type { Savepoint, SavepointLocation } from './model.js';
import { absolutePath } from './paths.js';
import { readOperators } from './read-operators.js';
import { leadsOutside, realDirectories } from './real-paths.js';
import { HandleResolver, type ResolveOptions } from './resolve-handle.js';

/** How a snapshot is opened. */
export interface OpenOptions extends ResolveOptions {
  /** Where the snapshot lies; the machine's own files by default. */
  readonly fs?: FileSystem;
  /** Formats of serializer snapshots beside the built-in ones; one for a known class replaces it. */
  readonly snapshots?: readonly SnapshotFormat[];
  /** Uids that operators may have: they label the operators whose id is their hash. */
  readonly uidCandidates?: readonly string[];
}

/**
 * Opens a savepoint or checkpoint: reads its metadata and the headers of its state streams, and nothing of the state, so
 * that opening costs the metadata and not the state. `source` is the snapshot's directory, its metadata file, or a
 * directory of a job's checkpoints, of which the newest complete one is taken (`location` tells which).
 */
export async function openSavepoint(source: string, options: OpenOptions = {}): Promise<Savepoint> {
  const fs = options.fs ?? new LocalFileSystem();
  const location = await findSnapshot(fs, source);
  if (options.allowOutside !== true) await expectMetadataInside(fs, location, source);
  const bytes = await readMetadataFile(fs, location);
  const metadata = readMetadata(new DataInputView(bytes, location.metadataPath));
  const formats = formatsWith(options.snapshots);
  const resolver = new HandleResolver(fs, location, options);
  const operators = await readOperators(metadata, {
    fs: overlay(fs, location, bytes),
    location,
    resolver,
    readSnapshot: (input) => readSerializerSnapshot(input, formats),
    formats,
    uidCandidates: options.uidCandidates ?? [],
  });
  return {
    location,
    fs,
    metadata,
    resolveOptions: { allowOutside: options.allowOutside === true, relocate: options.relocate === true },
    formats,
    metadataVersion: metadata.version,
    metadataBytes: bytes.length,
    checkpointId: metadata.checkpointId,
    ...propertiesOf(metadata, bytes, location),
    flinkVersions: flinkVersionsOf(metadata, operators),
    operators,
  };
}

/** A metadata file that was found must lie where it was found; one that was named may be a link to anywhere. */
async function expectMetadataInside(
  fs: FileSystem,
  { directory, metadataPath }: SavepointLocation,
  source: string,
): Promise<void> {
  if (metadataPath === absolutePath(source)) return;
  if (!(await leadsOutside(fs, metadataPath, () => realDirectories(fs, [directory])))) return;
  const span = { file: metadataPath, start: 0, end: 0 };
  const reason = "the metadata file is a symbolic link that leads out of the snapshot's directory";
  const next = 'name the metadata file itself, or allow handles that lead outside';
  throw new StatewrightError('OUTSIDE_SNAPSHOT', { span, kind: 'checkpoint metadata', reason, next });
}

/** The built-in formats and those of a user. */
export function formatsWith(own: readonly SnapshotFormat[] | undefined): readonly SnapshotFormat[] {
  return own === undefined || own.length === 0 ? SNAPSHOT_FORMATS : [...SNAPSHOT_FORMATS, ...own];
}

/** No metadata file is larger; inline states are limited to a few megabytes each. */
const MAX_METADATA = 1024 * 1024 * 1024;

async function readMetadataFile(fs: FileSystem, location: SavepointLocation): Promise<Uint8Array> {
  const path = location.metadataPath;
  const head = await readHead(fs, path);
  if (head.size > MAX_METADATA) {
    const reason = `the metadata file has ${head.size} bytes but at most ${MAX_METADATA} are read`;
    const span = { file: path, start: 0, end: head.size };
    throw new StatewrightError('NOT_SUPPORTED', { span, kind: 'checkpoint metadata', reason });
  }
  return fs.readRange(path, 0, head.size);
}

/** Looks at the first bytes before reading all, so that a large file of another kind is refused at once. */
async function readHead(fs: FileSystem, path: string): Promise<{ size: number }> {
  const size = (await fs.stat(path))?.size ?? 0;
  const head = await fs.readRange(path, 0, Math.min(size, 8));
  if (head.length < 8 || head[0] !== 0x49) readMetadata(new DataInputView(head, path));
  return { size };
}

/** The file system with the metadata file's bytes at hand, for the streams that lie in it. */
function overlay(fs: FileSystem, location: SavepointLocation, bytes: Uint8Array): FileSystem {
  return {
    stat: (path) => fs.stat(path),
    list: (path) => fs.list(path),
    createWrite: (path) => fs.createWrite(path),
    delete: (path) => fs.delete(path),
    ...(fs.realPath === undefined ? {} : { realPath: (path: string) => fs.realPath!(path) }),
    readRange: async (path, start, end) =>
      path === location.metadataPath && end <= bytes.length
        ? bytes.subarray(start, end)
        : fs.readRange(path, start, end),
  };
}

function propertiesOf(
  metadata: CheckpointMetadata,
  bytes: Uint8Array,
  location: SavepointLocation,
): Pick<Savepoint, 'snapshotType' | 'snapshotFormat'> {
  const span = metadata.properties;
  if (span === undefined) return { snapshotType: undefined, snapshotFormat: undefined };
  const view = new DataInputView(bytes.subarray(span.start, span.end), location.metadataPath, span.start);
  return describeProperties(view);
}
