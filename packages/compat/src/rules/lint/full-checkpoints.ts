import { sizeText } from '../../lint/amounts.js';
import type { LintFacts } from '../../lint/facts.js';
import { incrementalCheckpoints } from '../../lint/flink-options.js';
import type { SourcePlace } from '../../schema/job-schema.js';
import type { LintRule } from './lint-rule.js';

/** Full checkpoints of RocksDB where incremental ones would do. */
export const FULL_CHECKPOINTS: LintRule = {
  row: {
    id: 'full-checkpoints',
    purpose: 'full checkpoints of rocksdb where incremental ones would do',
    level: 'evolve',
    severity: 'warning',
    since: '0.1.0',
    thresholds: [
      {
        name: 'minBytes',
        kind: 'bytes',
        default: 268_435_456,
        why: 'stored bytes of keyed state; below 256 MiB a full checkpoint costs little',
      },
    ],
    docs: {
      what: 'The job runs with the rocksdb backend, holds at least `minBytes` of keyed state, and checkpoints are full: the configuration leaves `execution.checkpointing.incremental` off, or the checkpoint itself is in the canonical format, which is what full checkpoints of rocksdb are in.',
      harm: 'Each checkpoint reads, serializes and uploads the whole state, whether it changed or not. Checkpoint time grows with the state.',
      remedy: 'Set `execution.checkpointing.incremental: true` (`state.backend.incremental` before 1.20).',
    },
  },
  needs: 'schema',
  *find(facts, threshold) {
    const bytes = facts.operators
      .flatMap(({ keyedBytes }) => [...keyedBytes.values()])
      .reduce((a, b) => a + b, 0);
    const full = fullBecause(facts);
    if (full === undefined || bytes < threshold('minBytes')) return;
    yield {
      path: 'job',
      reason: `${sizeText(bytes)} of keyed state in rocksdb, and checkpoints are full: ${full.why}`,
      next: 'set execution.checkpointing.incremental: true',
      now: full.place,
    };
  },
};

function fullBecause(facts: LintFacts): { readonly why: string; readonly place?: SourcePlace } | undefined {
  const { backend, flinkConfig, snapshot, operators } = facts;
  if (flinkConfig !== undefined && backend?.name === 'rocksdb') {
    const { value, setting } = incrementalCheckpoints(flinkConfig);
    if (value) return undefined;
    if (setting === undefined) return { why: `${flinkConfig.file} does not turn incremental ones on` };
    return { why: `${setting.key} is ${setting.value}`, place: setting.place };
  }
  const keyed = operators
    .flatMap(({ operator }) => operator.streams)
    .filter((one) => one.keyGroups !== undefined);
  const canonical = keyed.length > 0 && keyed.every(({ format }) => format === 'canonical');
  return snapshot.type === 'checkpoint' && canonical ? { why: 'this one is in canonical format' } : undefined;
}
