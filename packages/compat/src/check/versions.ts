import { StatewrightError } from '@statewright/bytes';
import { flinkVersion } from '../resolve/releases.js';
import type { SchemaSource } from '../schema/job-schema.js';
import type { FlinkVersion } from '../verdict.js';

export { versionText } from '../resolve/releases.js';

/** The release line that a person names as target. USAGE when there is none such, or none whose rules are known. */
export function targetVersion(text: string): FlinkVersion {
  const version = flinkVersion(text);
  if (version !== undefined) return version;
  throw new StatewrightError('USAGE', {
    kind: '--target',
    reason: `"${text}" is no release of Flink whose rules are known`,
    next: 'known are 1.8 to 1.20 and 2.0 to 2.3',
  });
}

/** The newest release line that may have written a schema; undefined where it does not say. */
export function lastVersionOf({ flinkVersions }: SchemaSource): FlinkVersion | undefined {
  return flinkVersions === undefined ? undefined : versionOfText(flinkVersions[1]);
}

/** The oldest release line that may have written a schema. */
export function firstVersionOf({ flinkVersions }: SchemaSource): FlinkVersion | undefined {
  return flinkVersions === undefined ? undefined : versionOfText(flinkVersions[0]);
}

function versionOfText(text: string): FlinkVersion {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return { major, minor };
}

/** Negative where `a` is the earlier release line. */
export function compareVersions(a: FlinkVersion, b: FlinkVersion): number {
  return a.major - b.major || a.minor - b.minor;
}
