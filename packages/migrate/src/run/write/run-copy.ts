import { combineCrc32c, crc32c, type FileWriter } from '@statewright/bytes';
import { type FileCopy, streamWriters } from '@statewright/savepoint';
import type { ResolvedPlan } from '../resolve-plan.js';
import { WatchedFiles } from '../watched-files.js';
import type { TaskOutput, TaskResult, WriteTask } from '../write-task.js';

/** Counts what goes into a file. `known` tells the sum of bytes that somebody else has summed up already. */
export class CountingWriter implements FileWriter {
  bytes = 0;
  crc32c = 0;

  constructor(
    private readonly writer: FileWriter,
    private readonly known: (bytes: Uint8Array) => number | undefined = () => undefined,
  ) {}

  write(bytes: Uint8Array): Promise<void> {
    this.bytes += bytes.length;
    const sum = this.known(bytes);
    this.crc32c =
      sum === undefined ? crc32c(bytes, this.crc32c) : combineCrc32c(this.crc32c, sum, bytes.length);
    return this.writer.write(bytes);
  }

  commit(): Promise<void> {
    return this.writer.commit();
  }

  abort(): Promise<void> {
    return this.writer.abort();
  }
}

/** Copies a file, or a stream out of one, with its header edited. */
export async function runCopy(
  { job }: ResolvedPlan,
  { id }: WriteTask,
  copy: FileCopy,
  output: TaskOutput,
): Promise<TaskResult> {
  const { fs } = job.savepoint;
  // What was summed up for the input's digest is not summed up again.
  const known = fs instanceof WatchedFiles ? (bytes: Uint8Array) => fs.sumOf(bytes) : undefined;
  const writer = new CountingWriter(await output.create(copy.name), known);
  try {
    await streamWriters.copy(job.savepoint, copy, writer, progressTo(output, copy.from.size));
    await writer.commit();
  } catch (error) {
    await writer.abort();
    throw error;
  }
  return { id, files: [{ name: copy.name, bytes: writer.bytes, crc32c: writer.crc32c }], tallies: [] };
}

/** The count that a copy keeps, told on as it grows. */
function progressTo(output: TaskOutput, bytesTotal: number) {
  let done = 0;
  return {
    bytesTotal,
    get bytesDone() {
      return done;
    },
    set bytesDone(bytes: number) {
      output.progress(bytes - done);
      done = bytes;
    },
  };
}
