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
    for (let needed = 0; needed >= 0; ) {
      needed = walker.walk();
      if (writer.isFull) await writer.flush();
      if (needed > 0) await window.fill(needed);
    }
    progress(run.at(-1)!.end - run[0]!.start);
  }
}
