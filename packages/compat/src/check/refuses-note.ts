import type { NoteCode } from '../resolve/note-codes.js';
import type { PlacedResolution } from '../resolve/resolve.js';
import type { PathNote, Place } from '../verdict.js';

/** What makes Flink throw although no verdict says so. */
const THROWING: ReadonlySet<NoteCode> = new Set(['pojo-field-unreadable', 'avro-migration-fails']);
/** What the heap before 2.2 would have to migrate and cannot. */
const TTL: ReadonlySet<NoteCode> = new Set(['ttl-turned-on', 'ttl-turned-off']);

/** Whether a note is why Flink refuses a place: it is incompatible, throws, or would be migrated where nothing is. */
export function refusesNote(note: PathNote, resolution: PlacedResolution, place: Place): boolean {
  const { restores, throws, notes } = resolution;
  if (restores !== 'no') return false;
  if (note.verdict === 'INCOMPATIBLE') return true;
  if (notes.some(({ verdict }) => verdict === 'INCOMPATIBLE')) return false;
  if (note.readable === 'no' && THROWING.has(note.code)) return true;
  if (throws !== undefined && TTL.has(note.code)) return true;
  return note.verdict === 'AFTER_MIGRATION' && (place === 'key' || place === 'namespace');
}
