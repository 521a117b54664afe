import type { ErrorCode } from '@statewright/bytes';

/** The same whatever the command and the format. */
export const EXIT = {
  clean: 0,
  failed: 1,
  usage: 2,
  differs: 10,
  incompatible: 20,
  lossy: 21,
  damaged: 30,
} as const;

/** What each code means, for help and docs. */
export const EXIT_CODES: readonly { readonly code: number; readonly means: string }[] = [
  { code: EXIT.clean, means: 'clean' },
  { code: EXIT.failed, means: 'the tool failed, or found nothing to print' },
  {
    code: EXIT.usage,
    means: 'wrong usage: arguments, options, names that do not exist, an output that does',
  },
  { code: EXIT.differs, means: 'the two differ, or the plan has changes' },
  { code: EXIT.incompatible, means: 'Flink would refuse the state' },
  {
    code: EXIT.lossy,
    means: 'values would be lost, or nobody can tell, or a rule found what `--fail-on` does not let pass',
  },
  { code: EXIT.damaged, means: 'the input is damaged, incomplete or no snapshot' },
];

const USAGE: readonly ErrorCode[] = ['USAGE', 'NO_SUCH_STATE', 'ALREADY_EXISTS', 'BAD_DOCUMENT'];
/** The input may be sound, but this release, this machine or this user cannot do it. */
const FAILED: readonly ErrorCode[] = [
  'INTERNAL',
  'IO_FAILED',
  'ACCESS_DENIED',
  'NOT_SUPPORTED',
  'CANNOT_ENCODE',
  'UNSUPPORTED_VERSION',
  'LEGACY_FORMAT',
  'UNKNOWN_SNAPSHOT_CLASS',
  'UNKNOWN_HANDLE',
  'STOPPED',
];

/** The exit code of an error. */
export function exitCodeOf(code: ErrorCode): number {
  if (USAGE.includes(code)) return EXIT.usage;
  if (code === 'CHANGED') return EXIT.differs;
  if (code === 'LOSSY') return EXIT.lossy;
  return FAILED.includes(code) ? EXIT.failed : EXIT.damaged;
}
