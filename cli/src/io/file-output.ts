import { type FileSystem, type FileWriter, StatewrightError } from '@statewright/bytes';
import type { Output } from './output.js';

/** Text is gathered up to this many characters. */
const BATCH = 1 << 20;

/** A file as an `Output`: it gets its name when it is complete, and is never one that exists. */
export class FileOutput implements Output {
  readonly closed = false;
  private pending = '';

  private constructor(private readonly writer: FileWriter) {}

  static async create(fs: FileSystem, path: string): Promise<FileOutput> {
    if ((await fs.stat(path)) !== undefined) {
      const span = { file: path, start: 0, end: 0 };
      const reason = 'the name is taken and nothing is ever overwritten';
      throw new StatewrightError('ALREADY_EXISTS', { span, kind: 'output file', reason });
    }
    return new FileOutput(await fs.createWrite(path));
  }

  async write(chunk: string | Uint8Array): Promise<void> {
    if (typeof chunk === 'string') {
      this.pending += chunk;
      if (this.pending.length >= BATCH) await this.flush();
      return;
    }
    await this.flush();
    await this.writer.write(chunk);
  }

  async flush(): Promise<void> {
    const text = this.pending;
    this.pending = '';
    if (text !== '') await this.writer.write(Buffer.from(text, 'utf8'));
  }

  async commit(): Promise<void> {
    await this.flush();
    await this.writer.commit();
  }

  abort(): Promise<void> {
    return this.writer.abort();
  }
}
