import { windowOver } from '../entries/canonical-stream.js';
import { contiguousRuns, inFilter, type KeyGroupFilter, keyGroupRanges } from '../entries/key-group-plan.js';
import { Tally } from '../entries/read-context.js';
import type { Savepoint } from '../model.js';
import { streamBytes } from '../stream-bytes.js';
import { CanonicalRewriter, type CanonicalSource } from './canonical-rewriter.js';
import type { FrameWriter } from './canonical-writer.js';
import { FrameWalker } from './frame-walker.js';

/** Rewrites key groups of one canonical stream into `writer`; `progress` is told how many stored bytes were read. */
export async function rewriteCanonical(
  { fs, location }: Savepoint,
  source: CanonicalSource,
  writer: FrameWriter & { readonly isFull: boolean; flush(): Promise<void> },
  keyGroups: KeyGroupFilter | undefined,
  progress: (bytes: number) => void,
): Promise<void> {
  const { stream, maxParallelism } = source;
  const bytes = streamBytes(fs, location, stream.ref);
  const groups = keyGroupRanges(stream, bytes).filter((group) => inFilter(group, keyGroups));
  const rewriter = new CanonicalRewriter(source, writer);
  const walker = new FrameWalker(stream, bytes.fileOffset, maxParallelism, rewriter);
  const runs = stream.compressed ? groups.map((group) => [group]) : contiguousRuns(groups);
  for (const run of runs) {
    const window = windowOver(run, bytes, stream.compressed, new Tally());
    walker.begin(run, window);
    const [start, end] = [run[0]!.start, run.at(-1)!.end];
    let told = start;
    for (let needed = 0; needed >= 0; ) {
      needed = walker.walk();
      if (writer.isFull) await writer.flush();
      // A run may be the whole stream; of what was compressed the window does not know how much that was.
      if (!stream.compressed) {
        const at = window.view.fileOffset + window.view.pos - bytes.fileOffset;
        progress(at - told);
        told = at;
      }
      if (needed > 0) await window.fill(needed);
    }
    progress(end - told);
  }
}
