import { formatSpan, type Span } from './span.js';

/** Every code an error of this toolkit can carry. A released code never changes its meaning. */
export const ERROR_CODES = {
  TRUNCATED: 'the bytes end before the thing being read does',
  BAD_MAGIC: 'a magic number is not the expected one',
  BAD_LENGTH: 'a length or count is negative or larger than the bytes that could hold it',
  BAD_VALUE: 'a byte or number has a value the format does not allow',
  BAD_CHECKSUM: 'stored and computed checksum differ',
  TRAILING_BYTES: 'bytes are left over where the thing being read should end',
  TOO_DEEP: 'nesting goes deeper than the limit',
  UNSUPPORTED_VERSION: 'a format version that this release does not read or write',
  LEGACY_FORMAT: 'a form that Flink itself no longer reads',
  UNKNOWN_SNAPSHOT_CLASS: 'a serializer snapshot class that no reader is registered for',
  UNKNOWN_HANDLE: 'a state handle type byte that is not known',
  NOT_A_SNAPSHOT: 'the path holds no savepoint or checkpoint',
  OUTSIDE_SNAPSHOT: 'a state handle points outside the snapshot',
  FILE_NOT_FOUND: 'a file that is needed does not exist',
  ACCESS_DENIED: 'the operating system refuses access',
  IO_FAILED: 'the operating system reports an input or output failure',
  ALREADY_EXISTS: 'the output exists and nothing is ever overwritten',
  NOT_SUPPORTED: 'something valid that this release cannot do',
  CANNOT_ENCODE: 'a value does not fit its serializer',
  NO_SUCH_STATE: 'no operator or state has that name',
  BAD_DOCUMENT: 'a contract, configuration, baseline or plan that a person wrote is wrong',
  CHANGED: 'the input is not the one that a saved plan or a journal was made for',
  LOSSY: 'a plan would lose values and that was not allowed',
  STOPPED: 'the run was told to stop before it was done',
  USAGE: 'the command line or an option is wrong',
  INTERNAL: 'a defect of this toolkit',
} as const;

/** One of `ERROR_CODES`. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** What an error tells beside its code. */
export interface ErrorDetails {
  /** Where: file and byte range; absent only when no bytes are involved. */
  readonly span?: Span | undefined;
  /** Where in a text that people write: line and column from 1. */
  readonly at?: { readonly file: string; readonly line: number; readonly column: number } | undefined;
  /** What was being read or done, in Flink's word for it. */
  readonly kind?: string | undefined;
  /** One sentence without a full stop, with both numbers where two disagree. */
  readonly reason: string;
  /** What to do next, one sentence without a full stop. */
  readonly next?: string | undefined;
  readonly cause?: unknown;
}

/** The one error type of the toolkit: a code from a closed list, a place, Flink's name of the thing, and a reason. */
export class StatewrightError extends Error {
  override readonly name = 'StatewrightError';
  readonly code: ErrorCode;
  readonly span: Span | undefined;
  readonly at: ErrorDetails['at'];
  readonly kind: string | undefined;
  readonly reason: string;
  readonly next: string | undefined;

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(formatError(code, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.span = details.span;
    this.at = details.at;
    this.kind = details.kind;
    this.reason = details.reason;
    this.next = details.next;
  }
}

function formatError(code: ErrorCode, details: ErrorDetails): string {
  const at = placeText(details);
  const what = details.kind === undefined ? '' : ` ${details.kind}`;
  const place = what === '' && at === '' ? '' : `${what}${at}:`;
  const next = details.next === undefined ? '' : `; ${details.next}`;
  return `${code}${place === '' ? ':' : place} ${details.reason}${next}`;
}

function placeText({ span, at }: ErrorDetails): string {
  if (at !== undefined) return ` at ${at.file}:${at.line}:${at.column}`;
  return span === undefined ? '' : ` at ${formatSpan(span)}`;
}
