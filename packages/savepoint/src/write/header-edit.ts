import { DataOutputView } from '@statewright/bytes';
import {
  type SerializerSnapshot,
  type SnapshotFormat,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import type { StateStream, StreamState } from '../model.js';
import { cannotRewrite, metaInfoBytes, type NewState, sameButForName, sameMetaInfo } from './new-state.js';
import type { Replacement, StreamEdit } from './stream-edit.js';

/** The states of a new header: those that stay in the order of the old one, new ones behind them. */
export interface HeaderChange {
  /** By old state id: what becomes of it; undefined when it is left out. */
  readonly states: readonly (NewState | undefined)[];
  readonly added: readonly NewState[];
  /** Keyed streams: the key's serializer, when it is another one. */
  readonly keySerializer?: SerializerSnapshot | undefined;
}

/** Bytes before the key's serializer in a keyed header: version and compression flag. */
const KEYED_HEAD = 5;

/**
 * What a header's change is as an edit of its bytes: meta infos that stay as they are keep theirs.
 * NOT_SUPPORTED where the header could not be read to its end.
 */
export function headerEdit(
  stream: StateStream,
  change: HeaderChange,
  formats: readonly SnapshotFormat[],
): StreamEdit {
  const { ref } = stream;
  const fileOffset = ref.kind === 'inline' ? ref.span.start : ref.kind === 'file' ? ref.start : 0;
  const edit = new HeaderEdit(stream, change, formats, fileOffset);
  return stream.format === 'operator' ? edit.operator() : edit.keyed();
}

class HeaderEdit {
  private readonly replacements: Replacement[] = [];
  private readonly names = new Map<string, string>();

  constructor(
    private readonly stream: StateStream,
    private readonly change: HeaderChange,
    private readonly formats: readonly SnapshotFormat[],
    private readonly fileOffset: number,
  ) {}

  /** Key serializer, `i16` count, meta infos. */
  keyed(): StreamEdit {
    const { stream, change } = this;
    const ids = stream.states.map((_, id) => id);
    const first = stream.states[0];
    const countAt = first === undefined ? stream.headerLength - 2 : this.startOf(first) - 2;
    if (change.keySerializer !== undefined) {
      const output = new DataOutputView();
      writeSerializerSnapshot(output, change.keySerializer, this.formats);
      this.replace(KEYED_HEAD, countAt, output.toBytes());
    }
    this.list(countAt, ids, change.added);
    return this.done();
  }

  /** `i16` count and meta infos of lists, then the same of broadcast states. */
  operator(): StreamEdit {
    const { stream, change } = this;
    const isBroadcast = ({ kind }: { readonly kind: string }): boolean => kind === 'broadcast';
    const ids = stream.states.map((_, id) => id);
    const lists = ids.filter((id) => !isBroadcast(stream.states[id]!));
    const broadcasts = ids.filter((id) => isBroadcast(stream.states[id]!));
    const head = (stream.headerVersion ?? 0) >= 6 ? 5 : 4;
    const last = stream.states[lists.at(-1) ?? -1];
    this.list(
      head,
      lists,
      change.added.filter((state) => !isBroadcast(state)),
    );
    const second = last === undefined ? head + 2 : last.span.end - this.fileOffset;
    this.list(second, broadcasts, change.added.filter(isBroadcast));
    return this.done();
  }

  private startOf(state: StreamState): number {
    return state.span.start - this.fileOffset;
  }

  private replace(start: number, end: number, bytes: Uint8Array): void {
    this.replacements.push({ start, end, bytes });
  }

  /** A list of states whose count stands at a place. */
  private list(countAt: number, ids: readonly number[], added: readonly NewState[]): void {
    const { stream, change } = this;
    const kept = ids.filter((id) => change.states[id] !== undefined);
    if (kept.length !== ids.length || added.length > 0) {
      if (stream.problem !== undefined) throw unreadableHeader(stream);
      const count = kept.length + added.length;
      this.replace(countAt, countAt + 2, Uint8Array.of(count >> 8, count & 0xff));
    }
    for (const id of ids) this.state(stream.states[id]!, change.states[id]);
    if (added.length === 0) return;
    const last = stream.states[ids.at(-1) ?? -1];
    const end = last === undefined ? countAt + 2 : last.span.end - this.fileOffset;
    for (const state of added) this.replace(end, end, metaInfoBytes(state, undefined, this.formats));
  }

  private state(old: StreamState, now: NewState | undefined): void {
    const start = this.startOf(old);
    const end = old.span.end - this.fileOffset;
    if (now === undefined) {
      this.replace(start, end, new Uint8Array(0));
      return;
    }
    if (now.name !== old.name) this.names.set(old.name, now.name);
    if (sameMetaInfo(now, old)) return;
    if (sameButForName(now, old)) {
      const output = new DataOutputView();
      output.writeUTF(now.name);
      this.replace(start, old.nameSpan.end - this.fileOffset, output.toBytes());
      return;
    }
    if (this.stream.problem !== undefined) throw unreadableHeader(this.stream);
    this.replace(start, end, metaInfoBytes(now, old, this.formats));
  }

  private done(): StreamEdit {
    const { replacements, names } = this;
    const growth = replacements.reduce((sum, each) => sum + each.bytes.length - (each.end - each.start), 0);
    return { replacements, growth, names };
  }
}

function unreadableHeader({ problem, subtask }: StateStream): Error {
  const reason = `the header of subtask ${subtask} cannot be read to its end (${problem}), so that only names in it can be changed`;
  return cannotRewrite(reason, 'give the missing snapshot format with --snapshot');
}
