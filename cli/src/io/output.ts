import { StatewrightError } from '@statewright/bytes';

/** Where results go. */
export interface Output {
  /** Waits while the reader is slower than we are. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Whether nobody reads any more: then a command ends quietly. */
  readonly closed: boolean;
  /** Waits for all that was written. */
  flush(): Promise<void>;
}

/** Thrown to leave a command whose reader has gone. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

/** Text is gathered up to this many characters before it is handed to the stream. */
const BATCH = 1 << 16;

/**
 * A stream as an `Output`: text in large pieces, with back-pressure; EPIPE ends it without a word. To a terminal each text goes at
 * once, and `beforeWrite` takes off what else stands there.
 */
export class StreamOutput implements Output {
  private pending = '';
  private failure: StatewrightError | undefined;
  closed = false;

  constructor(
    private readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
    private readonly beforeWrite: () => void = () => undefined,
  ) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.closed = true;
      if (error.code !== 'EPIPE') this.failure = outputFailed(error);
    });
  }

  async write(chunk: string | Uint8Array): Promise<void> {
    if (typeof chunk === 'string') {
      this.pending += chunk;
      if (this.pending.length >= BATCH || this.stream.isTTY === true) await this.flush();
      return;
    }
    await this.flush();
    await this.send(chunk);
  }

  async flush(): Promise<void> {
    const text = this.pending;
    this.pending = '';
    if (text !== '') await this.send(text);
  }

  private async send(chunk: string | Uint8Array): Promise<void> {
    this.check();
    if (this.stream.isTTY === true) this.beforeWrite();
    if (this.stream.write(chunk)) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.stream.off('drain', done).off('error', done).off('close', done);
        resolve();
      };
      this.stream.on('drain', done).on('error', done).on('close', done);
    });
    this.check();
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure;
    if (this.closed) throw new ReaderGone();
  }
}

function outputFailed(cause: NodeJS.ErrnoException): StatewrightError {
  const reason = `the operating system reports ${cause.code ?? cause.message}`;
  return new StatewrightError('IO_FAILED', { kind: 'output', reason, cause });
}
