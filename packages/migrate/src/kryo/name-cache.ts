import type { DataInputView } from '@statewright/bytes';
import type { KryoClass } from './object-graph.js';

/** Names beyond this are read as texts each time. */
const MAX_NAMES = 64;

interface KnownName {
  readonly bytes: Uint8Array;
  readonly type: KryoClass;
}

/** The classes whose names have been read, by the bytes of the names: most values have the same few. */
export class NameCache {
  private readonly known: KnownName[] = [];

  /** The class whose name comes next, if it is known; the view stands behind the name then. */
  take(input: DataInputView): KryoClass | undefined {
    for (const { bytes, type } of this.known) {
      if (!comesNext(input, bytes)) continue;
      input.pos += bytes.length;
      return type;
    }
    return undefined;
  }

  /** Remembers the class whose name was read from `start` on. */
  put(input: DataInputView, start: number, type: KryoClass): void {
    if (this.known.length < MAX_NAMES) this.known.push({ bytes: input.bytes.slice(start, input.pos), type });
  }
}

/** From the end on, where the names of one package differ. */
function comesNext({ bytes, pos, remaining }: DataInputView, wanted: Uint8Array): boolean {
  if (wanted.length > remaining) return false;
  for (let i = wanted.length - 1; i >= 0; i--) if (bytes[pos + i] !== wanted[i]) return false;
  return true;
}
