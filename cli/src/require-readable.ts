import { StatewrightError } from '@statewright/bytes';
import { splitReadable, type Unreadable } from '@statewright/inspect';
import type { State } from '@statewright/savepoint';

/** NOT_SUPPORTED when the entries of a state cannot be read. */
export function requireReadable(states: readonly State[]): void {
  const { unreadable } = splitReadable(states);
  if (unreadable.length > 0) throw notReadable(unreadable);
}

/** The error for things that cannot be read; it names the first. */
export function notReadable(missing: readonly Unreadable[], next?: string): StatewrightError {
  const { address, why } = missing[0]!;
  const more = missing.length === 1 ? '' : `, and ${missing.length - 1} more like it`;
  return new StatewrightError('NOT_SUPPORTED', {
    kind: 'state',
    reason: `${address} cannot be read: ${why}${more}`,
    next: next ?? 'take a savepoint in canonical format and read that one',
  });
}
