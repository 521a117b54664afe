import type { DataInputView } from '@statewright/bytes';
import type { StateEntry } from '../model.js';
import type { Extent, HeapSegment, SegmentPlace } from './heap-segment.js';
import type { Tally } from './read-context.js';
import type { Window } from './window.js';

/** A value of unknown length is held in memory up to this many bytes. */
const MAX_OPAQUE = 16 * 1024 * 1024;

/**
 * Decodes a segment out of a window, with more bytes as it asks for them. Gives true when a value without a known end took
 * the rest, so that nothing behind it can be found.
 */
export async function* driveSegment(
  segment: HeapSegment,
  window: Window,
  place: SegmentPlace,
  tally: Tally,
): AsyncGenerator<StateEntry[], boolean> {
  let extent: Extent = 'part';
  for (;;) {
    limitTo(window.view, place.end);
    const reaches = window.view.fileOffset + window.view.bytes.length >= place.end;
    if (window.ended || reaches) extent = 'all';
    const before = window.view.pos;
    const stop = segment.decode(window.view, extent);
    tally[segment.wanted ? 'entries' : 'skipped'] += window.view.pos - before;
    if (stop === 'done') return false;
    if (stop === 'open') return true;
    if (stop === 'batch-full') yield segment.take();
    else if (stop === 'more-bytes') await window.fill(window.view.remaining * 2);
    else extent = await allOf(window, place.end);
  }
}

/** Makes the view end at a file position, if it reaches that far. */
export function limitTo(view: DataInputView, end: number): void {
  view.limit = Math.max(view.pos, Math.min(view.bytes.length, end - view.fileOffset));
}

/** Makes sure that so many bytes are there, unless the end comes first. */
export async function have(window: Window, bytes: number): Promise<void> {
  if (window.view.bytes.length - window.view.pos < bytes && !window.ended) await window.fill(bytes);
}

/** All bytes up to a file position, if they are not too many to be held. */
async function allOf(window: Window, end: number): Promise<Extent> {
  const { view } = window;
  if (end === Number.MAX_SAFE_INTEGER) return (await window.fillAll(MAX_OPAQUE)) ? 'all' : 'too-large';
  if (end - view.filePos > MAX_OPAQUE) return 'too-large';
  await window.fill(end - view.filePos);
  return 'all';
}

/** Goes forward to a file position without keeping what lies before it; gives the number of bytes. */
export async function skipTo(window: Window, end: number): Promise<number> {
  const from = window.view.filePos;
  for (;;) {
    const { view } = window;
    const there = view.fileOffset + view.bytes.length;
    view.pos = Math.min(end, there) - view.fileOffset;
    if (there >= end || window.ended) return view.filePos - from;
    await window.fill(1);
  }
}
