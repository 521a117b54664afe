import { closest } from '@statewright/inspect';
import type { NoteAt } from '../rules/check/check-rule.js';
import type { PathNote } from '../verdict.js';
import { nodeAt } from './node-at.js';

/**
 * The name that a removed field of a POJO probably has now: a field that was added to the same POJO with the same
 * serializer, the only one of that kind or the one whose name is most alike. Undefined for any other note.
 */
export function renamedField({ note, place }: NoteAt): string | undefined {
  if (note.code !== 'pojo-field-removed') return undefined;
  const type = typeAt(note, 'old');
  if (type === undefined) return undefined;
  const { notes } = place.resolution;
  const beside = (other: PathNote) => samePojo(other, note);
  const added = notes.filter(
    (one) => one.code === 'pojo-field-added' && beside(one) && typeAt(one, 'now') === type,
  );
  const removed = notes.filter(
    (one) => one.code === 'pojo-field-removed' && beside(one) && typeAt(one, 'old') === type,
  );
  if (added.length === 0) return undefined;
  if (added.length === 1 && removed.length === 1) return fieldName(added[0]!);
  return closest(fieldName(note), added.map(fieldName), 1)[0];

  function typeAt(one: PathNote, side: 'old' | 'now'): string | undefined {
    const span = side === 'old' ? one.old : one.now;
    return span === undefined ? undefined : typeKey(nodeAt(place[side], span));
  }
}

function samePojo(a: PathNote, b: PathNote): boolean {
  return a.path.length === b.path.length && a.path.slice(0, -1).every((step, i) => step === b.path[i]);
}

function fieldName({ path }: PathNote): string {
  return (path.at(-1) ?? '').replace(/^field /, '');
}

/** Serializer classes all the way down. */
function typeKey(node: ReturnType<typeof nodeAt>): string | undefined {
  if (node === undefined) return undefined;
  return `${node.className}(${node.nested.map(typeKey).join(',')})`;
}
