import { typeText } from '@statewright/inspect';
import { escapeText } from '@statewright/report';
import type { TypeDescription } from '@statewright/serializers';
import type { Span } from '../../line/line.js';

/** A type as the draft leaves it, and as it was; one is absent for what is left out or new. */
export interface TypePair {
  readonly now: TypeDescription | undefined;
  readonly was: TypeDescription | undefined;
  /** The name that a field had. */
  readonly renamed?: string | undefined;
  /** It may be null where others of its kind may not. */
  readonly nullable?: boolean;
}

/** What is not as it was. */
export function changeSpans({ now, was, renamed }: TypePair): readonly Span[] {
  if (now === undefined) return [{ text: '  - left out', role: 'bad' }];
  if (was === undefined) return [{ text: '  + new', role: 'good' }];
  const changed = headOf(now) === headOf(was) ? [] : [headOf(was)];
  const before = [...(renamed === undefined ? [] : [renamed]), ...changed];
  if (before.length === 0) return [];
  const mark = changed.length > 0 ? '~' : '>';
  return [{ text: `  ${mark} was ${escapeText(before.join(': '))}`, role: 'warn' }];
}

/** A type without what is inside of it, but with the types that have no names of their own: `list<int>`. */
function headOf(type: TypeDescription): string {
  return typeText(type, 0).replace(/ \{ \d+ fields? \}/g, '');
}

/** Whether a type is of the kind that it was, so that what is inside of both can be compared. */
export function isSameKind({ now, was }: TypePair): boolean {
  return now !== undefined && was !== undefined && now.type === was.type;
}
