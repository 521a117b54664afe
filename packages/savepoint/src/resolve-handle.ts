import { type FileSystem, type Span, StatewrightError } from '@statewright/bytes';
import { JOB_DIRECTORIES, snapshotDirectories } from './find-snapshot.js';
import type { StreamStateHandle } from './handles/model.js';
import type { SavepointLocation, StreamRef } from './model.js';
import { baseName, isBelow, joinPath, normalizePath, staysBelow } from './paths.js';
import { leadsOutside, realDirectories } from './real-paths.js';

/** What is done about handles that lead out of the snapshot's directories. */
export interface ResolveOptions {
  /** Follow handles to files outside the snapshot. */
  readonly allowOutside?: boolean;
  /** The snapshot was moved: take the file of the same name from the snapshot's own directories. */
  readonly relocate?: boolean;
}

/** Finds the bytes behind the handles of one snapshot, and refuses those that lie elsewhere. */
export class HandleResolver {
  private readonly roots: readonly string[];
  private byName: Promise<ReadonlyMap<string, string>> | undefined;
  private realRoots: Promise<readonly string[]> | undefined;

  constructor(
    private readonly fs: FileSystem,
    private readonly location: SavepointLocation,
    private readonly options: ResolveOptions,
  ) {
    this.roots = snapshotDirectories(location.directory);
  }

  /** The stream of a handle; OUTSIDE_SNAPSHOT when it lies elsewhere. */
  async resolve(handle: StreamStateHandle | undefined): Promise<StreamRef> {
    const ref = await this.locate(handle);
    if (ref.kind === 'file' && ref.outside === true) {
      throw await this.outside(handle!.span, ref.stored);
    }
    if (ref.kind === 'file') await this.expectNoWayOut(handle!.span, ref.path, ref.stored);
    return ref;
  }

  private async expectNoWayOut(span: Span, path: string, stored: string): Promise<void> {
    if (this.options.allowOutside === true) return;
    const roots = () => (this.realRoots ??= realDirectories(this.fs, this.roots));
    if (!(await leadsOutside(this.fs, path, roots))) return;
    const reason = `the file ${quote(stored)} is a symbolic link that leads out of the snapshot's directory`;
    const next = 'allow handles that lead outside if you trust the snapshot';
    throw new StatewrightError('OUTSIDE_SNAPSHOT', { span, kind: 'FileStateHandle', reason, next });
  }

  /** As `resolve`, for a file that is listed but not read: one that lies elsewhere is marked `outside`. */
  async locate(handle: StreamStateHandle | undefined): Promise<StreamRef> {
    if (handle === undefined) return { kind: 'empty', size: 0 };
    switch (handle.type) {
      case 'byte-stream':
        return { kind: 'inline', span: handle.data, size: handle.data.end - handle.data.start };
      case 'empty-segment-file':
        return { kind: 'empty', size: 0 };
      case 'key-groups':
        return this.locate(handle.delegate);
      case 'relative-file':
        return this.relative(handle.span, handle.relativePath, handle.stateSize);
      case 'file':
        return this.absolute(handle.filePath, 0, handle.stateSize);
      case 'segment-file':
        return this.absolute(handle.filePath, handle.startPos, handle.stateSize);
    }
  }

  private async relative(span: Span, stored: string, size: number): Promise<StreamRef> {
    if (!staysBelow(stored)) {
      const reason = `the relative path ${quote(stored)} leads out of the snapshot's directory`;
      throw new StatewrightError('OUTSIDE_SNAPSHOT', { span, kind: 'RelativeFileStateHandle', reason });
    }
    return this.file(joinPath(this.location.directory, stored), stored, 0, size, false);
  }

  private async absolute(stored: string, start: number, size: number): Promise<StreamRef> {
    const path = normalizePath(stored);
    const inside = this.roots.some((root) => isBelow(root, path));
    if (inside || this.options.allowOutside === true) return this.file(path, stored, start, size, false);
    const moved = this.options.relocate === true ? await this.sameName(path) : undefined;
    if (moved !== undefined) return this.file(moved, stored, start, size, false);
    return this.file(path, stored, start, size, true);
  }

  private async file(
    path: string,
    stored: string,
    start: number,
    size: number,
    outside: boolean,
  ): Promise<StreamRef> {
    // A writer that did not know the size stored -1; the file itself tells it.
    const known = size >= 0 || outside ? Math.max(size, 0) : ((await this.fs.stat(path))?.size ?? 0);
    const ref = { kind: 'file', path, stored, start: Math.max(start, 0), size: known } as const;
    return outside ? { ...ref, outside } : ref;
  }

  private async sameName(path: string): Promise<string | undefined> {
    this.byName ??= this.listNames();
    return (await this.byName).get(baseName(path));
  }

  private async listNames(): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    const own = this.location.directory;
    const roots = [...this.roots, ...JOB_DIRECTORIES.map((name) => joinPath(own, name))];
    for (const root of roots) await this.addNames(names, root, root === own ? 0 : 1);
    return names;
  }

  /** File merging keeps its files one directory deeper. */
  private async addNames(names: Map<string, string>, directory: string, depth: number): Promise<void> {
    if ((await this.fs.stat(directory))?.kind !== 'directory') return;
    for (const name of await this.fs.list(directory)) {
      const path = joinPath(directory, name);
      const kind = (await this.fs.stat(path))?.kind;
      if (kind === 'file' && !names.has(name)) names.set(name, path);
      if (kind === 'directory' && depth > 0) await this.addNames(names, path, depth - 1);
    }
  }

  private async outside(span: Span, stored: string): Promise<StatewrightError> {
    const here = await this.sameName(normalizePath(stored));
    const next =
      here === undefined
        ? 'put the snapshot back to where it was written, or allow handles that lead outside'
        : 'the snapshot was moved and holds a file of that name: open it with relocation';
    const reason = `the file ${quote(stored)} does not lie in the snapshot's directory ${quote(this.location.directory)}`;
    return new StatewrightError('OUTSIDE_SNAPSHOT', { span, kind: 'FileStateHandle', reason, next });
  }
}

/** A name from a snapshot, so that no control character of it reaches a terminal. */
function quote(text: string): string {
  return JSON.stringify(text);
}
