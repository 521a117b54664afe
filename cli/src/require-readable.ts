import { StatewrightError } from '@statewright/bytes';
import { splitReadable, type Unreadable } from '@statewright/inspect';
import type { State } from '@statewright/savepoint';

/** NOT_SUPPORTED when the entries of a state cannot be read. */
export function requireReadable(states: readonly State[]): void {
  const { unreadable } = splitReadable(states);
  if (unreadable.length > 0) throw notReadable(unreadable);
}

/** The error for things that cannot be read; it names the first. */
export function notReadable(missing: readonly Unreadable[], instead?: string): StatewrightError {
  const { address, why } = missing[0]!;
  const format = why.startsWith('UNKNOWN_SNAPSHOT_CLASS')
    ? ['give a format for that class with --snapshot']
    : [];
  const next = [...format, ...(instead === undefined ? [] : [instead])].join(', or ');
  const more = missing.length === 1 ? '' : `, and ${missing.length - 1} more like it`;
  return new StatewrightError('NOT_SUPPORTED', {
    kind: 'state',
    reason: `${address} cannot be read: ${why}${more}`,
    next: next === '' ? 'take a savepoint in canonical format and read that one' : next,
  });
}
