import type { StreamProgress } from '../progress.js';
import type { LargestWatch } from './largest-entry.js';

/** Who is told while entries are read. */
export interface Watching {
  readonly progress: StreamProgress;
  readonly largest: LargestWatch;
}
