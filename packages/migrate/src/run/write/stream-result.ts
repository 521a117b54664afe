import type { StreamTarget, WrittenKeyedStream } from '@statewright/savepoint';
import type { TaskOutput, TaskResult } from '../write-task.js';
import type { StreamWork } from './work.js';

/** State that was inline stays so below this many bytes: `execution.checkpointing.data-inline-threshold` of Flink 2.3. */
const INLINE_BELOW = 20 * 1024;

/** Where a stream of the result goes: into a file, unless it was inline before and is small. */
export function targetOf({ name, template }: StreamWork, output: TaskOutput): StreamTarget {
  return {
    create: () => output.create(name),
    inlineBelow: template === undefined || template.ref.kind === 'inline' ? INLINE_BELOW : 0,
    progress: (bytes) => output.progress(bytes),
  };
}

/** The result of a task that wrote a stream. */
export function streamResult(
  id: number,
  name: string,
  { size, inline, crc32c }: Pick<WrittenKeyedStream, 'size' | 'inline' | 'crc32c'>,
  rest: Pick<TaskResult, 'offsets' | 'elementOffsets' | 'tallies'>,
): TaskResult {
  if (inline === undefined) return { id, files: [{ name, bytes: size, crc32c }], ...rest };
  return { id, files: [], inline: Buffer.from(inline).toString('base64'), ...rest };
}
