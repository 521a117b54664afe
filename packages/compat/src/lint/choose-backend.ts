import { StatewrightError } from '@statewright/bytes';
import type { SnapshotSummary } from '@statewright/inspect';
import type { BackendName } from '../verdict.js';
import type { LintFacts } from './facts.js';
import type { FlinkConfig } from './flink-config.js';
import { configuredBackend } from './flink-options.js';

/** A backend that somebody named, and where: `--backend`, or a config's file. */
export interface NamedBackend {
  readonly name: BackendName;
  readonly from: string;
}

/**
 * The backend that runs the job: as named, as Flink's configuration says, or as the snapshot's files tell; undefined where
 * nobody says it (canonical files do not). USAGE when the name and Flink's configuration contradict each other.
 */
export function chooseBackend(
  named: NamedBackend | undefined,
  flinkConfig: FlinkConfig | undefined,
  { backends }: Pick<SnapshotSummary, 'backends'>,
): LintFacts['backend'] {
  const configured = flinkConfig === undefined ? undefined : configuredBackend(flinkConfig);
  if (named !== undefined && configured !== undefined && named.name !== configured.value) {
    const { setting } = configured;
    throw new StatewrightError('USAGE', {
      kind: 'backend',
      reason: `${named.from} says ${named.name}, but ${setting?.key} in ${flinkConfig?.file} is ${setting?.value}`,
      next: 'let both say the same',
    });
  }
  if (named !== undefined) return named;
  if (configured !== undefined) {
    return { name: configured.value, from: `${configured.setting?.key} in ${flinkConfig?.file}` };
  }
  const known = backends.filter((backend): backend is BackendName => backend !== 'changelog');
  return known.length === 1 ? { name: known[0]!, from: 'as the snapshot tells' } : undefined;
}
