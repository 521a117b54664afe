import { DataInputView, type StatewrightError } from '@statewright/bytes';
import { append, type Chunks } from './chunks.js';

/** No single entry may need more than this. */
const MAX_WINDOW = 256 * 1024 * 1024;
/** How much of the next piece is joined to what is left of the last one: enough for most entries. */
const BRIDGE = 4096;

/**
 * A piece of a stream in memory, and the way to more of it. Decoders work on `view` without waiting, and ask for more
 * with `fill` when an entry does not fit. What lies before `view.pos` is forgotten then, so that memory stays constant.
 */
export class Window {
  view: DataInputView;
  /** No bytes follow behind the view. */
  ended = false;
  /** The piece of which the view holds only the first bytes, from `pieceStart` of the view. */
  private piece: Uint8Array | undefined;
  private pieceStart = 0;

  /** `filePos` is the position of the first byte in `file`. */
  constructor(
    private readonly chunks: Chunks,
    private readonly file: string,
    filePos: number,
  ) {
    this.view = new DataInputView(new Uint8Array(0), file, filePos);
  }

  /** Reads until `bytes` lie at the position, or to the end; one piece more when they already do. */
  async fill(bytes: number): Promise<void> {
    if (bytes > MAX_WINDOW) throw tooLarge(this.view, bytes);
    if (this.piece !== undefined && this.crossBridge(this.piece) >= bytes) return;
    const { view } = this;
    const pieces: Uint8Array[] = [];
    let have = view.bytes.length - view.pos;
    do {
      const piece = await this.chunks.next();
      if (piece === undefined) {
        this.ended = true;
        break;
      }
      pieces.push(piece);
      have += piece.length;
    } while (have < bytes);
    if (pieces.length > 0) this.extend(join(pieces), bytes);
  }

  /** Joins more bytes to what is left; of a large piece only its first bytes, so that the rest need not be copied. */
  private extend(more: Uint8Array, bytes: number): void {
    const { view } = this;
    const left = view.bytes.length - view.pos;
    const joined = Math.max(bytes - left, 0) + BRIDGE;
    if (left === 0 || left + joined > more.length / 2) {
      this.view = append(view, more, this.file);
      return;
    }
    this.piece = more;
    this.pieceStart = left;
    this.view = append(view, more.subarray(0, joined), this.file);
  }

  /** All of the piece that the view has only begun; gives the bytes that lie at the position then. */
  private crossBridge(piece: Uint8Array): number {
    const { view, pieceStart } = this;
    this.piece = undefined;
    if (view.pos >= pieceStart) {
      this.view = new DataInputView(piece, this.file, view.fileOffset + pieceStart);
      this.view.pos = view.pos - pieceStart;
    } else {
      const left = new DataInputView(view.bytes.subarray(0, pieceStart), this.file, view.fileOffset);
      left.pos = view.pos;
      this.view = append(left, piece, this.file);
    }
    return this.view.bytes.length - this.view.pos;
  }

  /** Reads to the end, but for more than `most` bytes: false then. */
  async fillAll(most: number): Promise<boolean> {
    while (!this.ended) {
      const have = this.view.bytes.length - this.view.pos;
      if (have > most) return false;
      await this.fill(have * 2);
    }
    return true;
  }

  /** Goes forward by as many bytes as there are, without keeping them; gives their number. */
  async drain(): Promise<number> {
    let drained = 0;
    for (;;) {
      drained += this.view.bytes.length - this.view.pos;
      this.view.pos = this.view.bytes.length;
      if (this.ended) return drained;
      await this.fill(1);
    }
  }
}

function tooLarge(view: DataInputView, bytes: number): StatewrightError {
  const reason = `an entry needs ${bytes} bytes at once but at most ${MAX_WINDOW} are held`;
  return view.error('NOT_SUPPORTED', 'state entry', reason, bytes);
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
