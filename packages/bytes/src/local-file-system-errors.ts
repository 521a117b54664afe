import { type ErrorCode, StatewrightError } from './errors.js';

const CODE_OF_ERRNO: { readonly [errno: string]: ErrorCode } = {
  ENOENT: 'FILE_NOT_FOUND',
  ENOTDIR: 'FILE_NOT_FOUND',
  EACCES: 'ACCESS_DENIED',
  EPERM: 'ACCESS_DENIED',
  EROFS: 'ACCESS_DENIED',
  EEXIST: 'ALREADY_EXISTS',
};

const REASON_OF_CODE: { readonly [code: string]: string } = {
  FILE_NOT_FOUND: 'there is no such file or directory',
  ACCESS_DENIED: 'the operating system refuses access',
  ALREADY_EXISTS: 'the name is taken and nothing is ever overwritten',
};

/** The errno name of a Node file error, for example `ENOENT`; undefined for anything else. */
export function errnoOf(cause: unknown): string | undefined {
  const code = (cause as { readonly code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** What the operating system said about `path`, as one of the toolkit's errors over bytes `[start, end)`. */
export function fileError(
  cause: unknown,
  kind: string,
  path: string,
  start = 0,
  end = start,
): StatewrightError {
  if (cause instanceof StatewrightError) return cause;
  const errno = errnoOf(cause);
  const code =
    (errno !== undefined && Object.hasOwn(CODE_OF_ERRNO, errno) && CODE_OF_ERRNO[errno]) || 'IO_FAILED';
  const reason =
    REASON_OF_CODE[code] ?? `the operating system reports ${errno ?? 'a failure without a number'}`;
  return new StatewrightError(code, { span: { file: path, start, end }, kind, reason, cause });
}
