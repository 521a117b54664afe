import type { FlinkVersion } from '../verdict.js';
import {
  GENERIC_ARRAY_CONFIG,
  OLD_EITHER,
  SET,
  TTL_AWARE,
  TTL_V2,
  TWO_PHASE_COMMIT,
  TWO_PHASE_COMMIT_LEGACY,
} from './snapshot-kinds.js';

/** Whether a release is `major.minor` or later. */
export function isAtLeast(version: FlinkVersion, major: number, minor: number): boolean {
  return version.major > major || (version.major === major && version.minor >= minor);
}

/** As people write it, for example `1.20`. */
export function versionText(version: FlinkVersion): string {
  return `${version.major}.${version.minor}`;
}

/** Newest minor release of each major one that is known here, and the oldest: 1.8 was the first with today's snapshots. */
const MINORS: ReadonlyMap<number, readonly [oldest: number, newest: number]> = new Map([
  [1, [8, 20]],
  [2, [0, 3]],
]);

/** `1.20` or `1.20.3` as a release line; undefined when it is none that is known here: 1.8 to 1.20, 2.0 to 2.3. */
export function flinkVersion(text: string): FlinkVersion | undefined {
  const parts = /^(\d{1,2})\.(\d{1,3})(?:\.\d{1,3})?$/.exec(text);
  if (parts === null) return undefined;
  const [major, minor] = [Number(parts[1]), Number(parts[2])];
  const range = MINORS.get(major);
  return range !== undefined && minor >= range[0] && minor <= range[1] ? { major, minor } : undefined;
}

/** Which releases have a snapshot class; a bound that is missing is open. */
interface ClassRange {
  readonly matches: (className: string) => boolean;
  readonly since?: readonly [number, number];
  /** The first release without it. */
  readonly until?: readonly [number, number];
}

const CEP = 'org.apache.flink.cep.nfa.';
const BASE = 'org.apache.flink.api.common.typeutils.base.';
const LINKED = 'org.apache.flink.table.runtime.sequencedmultisetstate.linked.';

function oneOf(...classNames: readonly string[]): (className: string) => boolean {
  const names = new Set(classNames);
  return (className) => names.has(className);
}

function within(prefix: string): (className: string) => boolean {
  return (className) => className.startsWith(prefix);
}

/**
 * Snapshot classes that not every release since 1.8 has. From the class files of 1.20.3 and 2.3.0, and the snapshots that
 * Flink's upgrade tests have of 2.0 and 2.1.
 */
const RANGES: readonly ClassRange[] = [
  { matches: within('org.apache.flink.api.scala.typeutils.'), until: [2, 0] },
  {
    matches: oneOf(
      GENERIC_ARRAY_CONFIG,
      OLD_EITHER,
      TWO_PHASE_COMMIT,
      `${CEP}sharedbuffer.SharedBufferNode$SharedBufferNodeSerializer$SharedBufferNodeSerializerSnapshot`,
      `${CEP}NFA$MigratedNFASerializerSnapshot`,
      `${CEP}SharedBuffer$SharedBufferSerializerSnapshot`,
    ),
    until: [2, 0],
  },
  { matches: oneOf(SET, TTL_AWARE, TTL_V2, TWO_PHASE_COMMIT_LEGACY), since: [2, 0] },
  { matches: oneOf(`${BASE}VariantSerializer$VariantSerializerSnapshot`), since: [2, 1] },
  { matches: oneOf(`${BASE}BitmapSerializer$BitmapSerializerSnapshot`), since: [2, 3] },
  { matches: within(LINKED), since: [2, 3] },
  {
    matches: oneOf(
      'org.apache.flink.table.runtime.operators.sink.SortedLongSerializer$SortedLongSerializerSnapshot',
      'org.apache.flink.table.runtime.operators.window.GlobalWindow$Serializer$GlobalWindowSerializerSnapshot',
    ),
    since: [2, 3],
  },
];

/** Whether a release has Flink's snapshot class; true for classes of others, of which nothing is known. */
export function hasSnapshotClass(version: FlinkVersion, className: string): boolean {
  const range = RANGES.find(({ matches }) => matches(className));
  if (range === undefined) return true;
  if (range.since !== undefined && !isAtLeast(version, ...range.since)) return false;
  return range.until === undefined || !isAtLeast(version, ...range.until);
}
