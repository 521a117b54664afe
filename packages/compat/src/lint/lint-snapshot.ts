import { StatewrightError } from '@statewright/bytes';
import { type LargestEntry, schemaView } from '@statewright/inspect';
import type { Policy } from '../config/policy.js';
import type { LintView } from '../views.js';
import { chooseBackend, type NamedBackend } from './choose-backend.js';
import type { LintFacts } from './facts.js';
import type { FlinkConfig } from './flink-config.js';
import { type Depth, gatherFacts, type LintInput } from './gather-facts.js';
import { lintView } from './lint-view.js';

/** What `lintSnapshot` is told beside the snapshot. */
export interface LintOptions {
  readonly policy: Policy;
  /** `YYYY-MM-DD`: what ends of exceptions are compared with. */
  readonly today: string;
  /** The time that timers and TTL are measured against. */
  readonly atMillis: number;
  readonly depth: Depth;
  /** An earlier snapshot of the job. */
  readonly since?: LintInput | undefined;
  readonly flinkConfig?: FlinkConfig | undefined;
  readonly backend?: NamedBackend | undefined;
  readonly ttlMillis?: number | undefined;
  readonly uidCandidates?: boolean | undefined;
  readonly progress?: ((done: number, total: number) => void) | undefined;
  /** Told of every entry that is larger than all before it. */
  readonly largest?: ((entry: LargestEntry) => void) | undefined;
  /** Awaited after every batch of entries, so that others get the thread; what it throws ends the work. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/**
 * Measures a snapshot and asks all lint rules: reads as much as `depth` says, of an earlier snapshot frames at most. USAGE
 * when the earlier snapshot has no operator in common with it.
 */
export async function lintSnapshot(input: LintInput, options: LintOptions): Promise<LintView> {
  const { policy, today, depth, flinkConfig, backend, ...rest } = options;
  if (options.since !== undefined) requireSameJob(input, options.since);
  const { snapshot } = schemaView(input.savepoint, input.path, [], input.describe);
  const known = {
    atMillis: rest.atMillis,
    ttlMillis: rest.ttlMillis,
    uidCandidates: rest.uidCandidates === true,
    flinkConfig,
    backend: chooseBackend(backend, flinkConfig, snapshot),
    progress: rest.progress,
    largest: rest.largest,
    pause: rest.pause,
  };
  const since = await earlier(rest.since, { ...known, since: undefined }, depth);
  return lintView(await gatherFacts(input, { ...known, depth, since }), policy, today, depth);
}

/** Counts are enough of an earlier snapshot: its frames are faster to read than its values. */
function earlier(
  input: LintInput | undefined,
  known: Omit<Parameters<typeof gatherFacts>[1], 'depth'>,
  depth: Depth,
): Promise<LintFacts> | undefined {
  return input === undefined
    ? undefined
    : gatherFacts(input, { ...known, depth: depth === 'schema' ? 'schema' : 'frames' });
}

function requireSameJob({ savepoint, path }: LintInput, since: LintInput): void {
  const ids = new Set(savepoint.operators.map(({ id }) => id));
  if (since.savepoint.operators.some(({ id }) => ids.has(id))) return;
  const [now, then] = [savepoint.operators.length, since.savepoint.operators.length];
  throw new StatewrightError('USAGE', {
    kind: 'earlier snapshot',
    reason: `none of the ${then} operators of ${since.path} is among the ${now} of ${path}`,
    next: 'give a snapshot of the same job',
  });
}
