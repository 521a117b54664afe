import type { PlacedResolution } from '../resolve/resolve.js';
import type { PathNote, Place } from '../verdict.js';

/** Whether a note is why Flink refuses a place: it is incompatible, or would be migrated where nothing is. */
export function refusesNote(note: PathNote, { restores }: PlacedResolution, place: Place): boolean {
  if (restores !== 'no') return false;
  if (note.verdict === 'INCOMPATIBLE') return true;
  return note.verdict === 'AFTER_MIGRATION' && (place === 'key' || place === 'namespace');
}
