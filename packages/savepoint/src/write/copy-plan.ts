import { type Span, StatewrightError } from '@statewright/bytes';
import type {
  IncrementalKeyedStateHandle,
  KeyedStateHandle,
  KeyGroupsStateHandle,
  OperatorStateHandle,
  StreamStateHandle,
} from '../handles/model.js';
import { HANDLE_TAG } from '../handles/model.js';
import type { StreamRef } from '../model.js';
import { baseName } from '../paths.js';
import { applyEdit, type StreamEdit } from './stream-edit.js';

/** A file of the new snapshot: bytes of an old one, the head of it edited. */
export interface FileCopy {
  readonly name: string;
  readonly from: { readonly path: string; readonly start: number; readonly size: number };
  readonly edit: StreamEdit | undefined;
  /** A handle that leads to the old one. */
  readonly handle: StreamStateHandle;
}

/**
 * Collects what a new snapshot is made of while its handles are mapped: files to be copied, all into one directory, and
 * inline bytes that have changed.
 */
export class CopyPlan {
  readonly files: FileCopy[] = [];
  /** Changed inline bytes, by the span that stands for them in the new handles. */
  readonly inline = new Map<Span, Uint8Array>();
  private readonly bySource = new Map<string, FileCopy>();
  private readonly names = new Set<string>(['_metadata']);

  constructor(
    /** Where the bytes of a handle lie. */
    private readonly refOf: (handle: StreamStateHandle) => StreamRef,
    private readonly edits: ReadonlyMap<KeyedStateHandle | OperatorStateHandle, StreamEdit>,
    /** Bytes of the old metadata file; undefined where only the files are asked for. */
    private readonly metadata: Uint8Array | undefined,
    /** URI of the directory that the files will lie in, for handles that name it; undefined: relative handles. */
    private readonly location: string | undefined = undefined,
    /** Names that no copy may get. */
    taken: Iterable<string> = [],
  ) {
    for (const name of taken) this.names.add(name);
  }

  /** Bytes that will be copied. */
  get totalBytes(): number {
    return this.files.reduce((sum, file) => sum + file.from.size + (file.edit?.growth ?? 0), 0);
  }

  /** The new handle of a state handle. */
  handle(handle: KeyedStateHandle | OperatorStateHandle): KeyedStateHandle | OperatorStateHandle | undefined {
    return handle.type === 'operator-state' ? this.operatorState(handle) : this.keyedState(handle);
  }

  /** The handle of a file of the new snapshot. */
  fileHandle(name: string, stateSize: number): StreamStateHandle {
    return fileHandle(name, stateSize, this.location);
  }

  /** Operator state; a placeholder for none at all (file merging) becomes none. */
  operatorState(handle: OperatorStateHandle | undefined): OperatorStateHandle | undefined {
    if (handle === undefined || handle.delegate?.type === 'empty-segment-file') return undefined;
    const edit = this.edits.get(handle);
    const growth = edit?.growth ?? 0;
    const states = handle.states.map((state) => ({
      ...state,
      name: edit?.names.get(state.name) ?? state.name,
      offsets: state.offsets.map((offset) => offset + growth),
    }));
    // The directories of file merging mean nothing once each state has a file of its own.
    return {
      ...handle,
      tag: HANDLE_TAG.PARTITIONABLE_OPERATOR_STATE_HANDLE,
      states,
      directories: undefined,
      delegate: this.stream(handle.delegate, edit),
    };
  }

  keyedState(handle: KeyedStateHandle | undefined): KeyedStateHandle | undefined {
    if (handle?.type === 'key-groups') return this.keyGroups(handle, this.edits.get(handle));
    if (handle?.type === 'incremental') return this.incremental(handle);
    return handle;
  }

  private keyGroups(handle: KeyGroupsStateHandle, edit: StreamEdit | undefined): KeyGroupsStateHandle {
    const growth = edit?.growth ?? 0;
    const offsets = handle.offsets.map((offset) => (offset > 0 ? offset + growth : offset));
    return { ...handle, offsets, delegate: this.stream(handle.delegate, edit) };
  }

  private incremental(handle: IncrementalKeyedStateHandle): IncrementalKeyedStateHandle {
    const files = (list: IncrementalKeyedStateHandle['sharedState']) =>
      list.map((each) => ({ ...each, handle: this.stream(each.handle, undefined) }));
    const metaDataState = this.stream(handle.metaDataState, undefined);
    const sharedState = files(handle.sharedState);
    return { ...handle, metaDataState, sharedState, privateState: files(handle.privateState) };
  }

  /** Inline bytes stay inline, a file becomes one beside the metadata. */
  private stream(
    handle: StreamStateHandle | undefined,
    edit: StreamEdit | undefined,
  ): StreamStateHandle | undefined {
    if (handle === undefined || handle.type === 'empty-segment-file') return handle;
    if (handle.type === 'key-groups') return this.keyGroups(handle, edit);
    if (handle.type === 'byte-stream') {
      if (edit === undefined || this.metadata === undefined) return handle;
      const { start, end } = handle.data;
      const bytes = applyEdit(this.metadata.subarray(start, end), edit);
      const data = { file: handle.data.file, start, end: start + bytes.length };
      this.inline.set(data, bytes);
      return { ...handle, data };
    }
    const copy = this.file(handle, edit);
    return this.fileHandle(copy.name, copy.from.size + (edit?.growth ?? 0));
  }

  private file(handle: StreamStateHandle, edit: StreamEdit | undefined): FileCopy {
    const ref = this.refOf(handle);
    if (ref.kind !== 'file') {
      throw new StatewrightError('INTERNAL', {
        kind: 'state handle',
        reason: 'a file handle leads to no file',
      });
    }
    const key = JSON.stringify([ref.path, ref.start, ref.size, editKey(edit)]);
    let copy = this.bySource.get(key);
    if (copy === undefined) {
      const from = { path: ref.path, start: ref.start, size: ref.size };
      copy = { name: this.newName(baseName(ref.path)), from, edit, handle };
      this.bySource.set(key, copy);
      this.files.push(copy);
    }
    return copy;
  }

  /** The old name; with a number behind it when another file has it already. */
  private newName(name: string): string {
    let candidate = name;
    for (let i = 2; this.names.has(candidate); i++) candidate = `${name}-${i}`;
    this.names.add(candidate);
    return candidate;
  }
}

/** Handles that were made have no place in a file that was read. */
const NOWHERE: Span = { file: '', start: 0, end: 0 };

/** The handle of a file beside the metadata, or below the URI that both will be moved to. */
function fileHandle(name: string, stateSize: number, location: string | undefined): StreamStateHandle {
  if (location === undefined) return { type: 'relative-file', span: NOWHERE, relativePath: name, stateSize };
  const filePath = `${location.replace(/\/+$/, '')}/${name}`;
  return { type: 'file', span: NOWHERE, stateSize, filePath };
}

/** Two handles may lead to one file: it is copied once for each way in which it changes. */
function editKey(edit: StreamEdit | undefined): unknown {
  return edit?.replacements.map(({ start, end, bytes }) => [start, end, Buffer.from(bytes).toString('hex')]);
}
