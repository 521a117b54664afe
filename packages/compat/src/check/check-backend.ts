import { StatewrightError } from '@statewright/bytes';
import { chooseBackend, type NamedBackend } from '../lint/choose-backend.js';
import type { FlinkConfig } from '../lint/flink-config.js';
import type { JobSchema } from '../schema/job-schema.js';
import type { BackendName } from '../verdict.js';

/** What a project's configuration says of the backend. */
export interface ConfiguredBackend {
  readonly named?: NamedBackend | undefined;
  readonly flinkConfig?: FlinkConfig | undefined;
}

/**
 * The backend that restores: as asked for, else as the configuration says, else as the contract says, else the one that
 * wrote the snapshot, else hashmap. USAGE where configuration, Flink's configuration and contract contradict each other and
 * nobody asked for one.
 */
export function backendOfCheck(
  asked: BackendName | undefined,
  { named, flinkConfig }: ConfiguredBackend,
  now: JobSchema | undefined,
  writtenBy: readonly BackendName[],
): BackendName {
  if (asked !== undefined) return asked;
  const said = chooseBackend(named, flinkConfig, { backends: [] });
  if (said !== undefined && now?.backend !== undefined && said.name !== now.backend) {
    throw new StatewrightError('USAGE', {
      kind: 'backend',
      reason: `${said.from} says ${said.name}, but the contract ${now.source.path} says ${now.backend}`,
      next: 'let both say the same, or name one with --backend',
    });
  }
  return said?.name ?? now?.backend ?? writtenBy[0] ?? 'hashmap';
}
