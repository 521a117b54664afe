import { StatewrightError } from '@statewright/bytes';
import { type Describe, schemaView } from '@statewright/inspect';
import type { Savepoint } from '@statewright/savepoint';
import { judge } from '../config/judge.js';
import type { Policy } from '../config/policy.js';
import { predictOn } from '../resolve/predict.js';
import { flinkVersion, versionText } from '../resolve/releases.js';
import { resolveInPlace } from '../resolve/resolve.js';
import { CHECK_TABLE } from '../rules/check/index.js';
import { POLICY_RULES } from '../rules/policy/index.js';
import { jobSchemaOf } from '../schema/from-snapshot.js';
import type { JobSchema } from '../schema/job-schema.js';
import type { BackendName, FlinkVersion, Target } from '../verdict.js';
import type { CheckView } from '../views.js';
import { backendOfCheck, type ConfiguredBackend } from './check-backend.js';
import { checkWith } from './check-job.js';
import { checkExitCode } from './exit-code.js';
import { inlineIgnores } from './inline-ignores.js';
import type { CheckInput } from './pairs.js';
import type { Resolver } from './resolver.js';
import { firstVersionOf, lastVersionOf } from './versions.js';

/** What `checkSnapshot` is told beside the snapshot. */
export interface CheckOptions {
  /** The new side; undefined: the same job on the target release. */
  readonly now: JobSchema | undefined;
  /** Default: the newest release that may have written the new side, else the snapshot. */
  readonly target?: FlinkVersion | undefined;
  /** Default: as configured, else the new side's, else the one that wrote the snapshot, else hashmap. */
  readonly backend?: BackendName | undefined;
  /** What the project's configuration says of the backend; USAGE where it contradicts itself or the contract. */
  readonly configured?: ConfiguredBackend | undefined;
  readonly allowNonRestored?: boolean | undefined;
  readonly policy: Policy;
  /** `YYYY-MM-DD`: what ends of exceptions are compared with. */
  readonly today: string;
}

const FLINK: Resolver = {
  resolve: resolveInPlace,
  predict: (snapshot, { version }) => predictOn(version, snapshot),
};

/** The rules that say that nobody can tell. */
const UNDECIDED: ReadonlySet<string> = new Set(
  CHECK_TABLE.rules.filter(({ undecided }) => undecided === true).map(({ row }) => row.id),
);

/**
 * Whether a new job restores what a snapshot holds, state by state, judged by a policy. Looks at metadata and headers only.
 * USAGE when the new side is another job.
 */
export function checkSnapshot(
  { savepoint, path, describe }: { savepoint: Savepoint; path: string; describe: Describe },
  options: CheckOptions,
): CheckView {
  const { snapshot } = schemaView(savepoint, path, [], describe);
  const writtenBy = snapshot.backends.filter((name) => name !== 'changelog');
  const input = inputOf(jobSchemaOf(savepoint, path), writtenBy, options);
  const { job, states, findings: found } = checkWith(input, CHECK_TABLE, FLINK);
  const policy = { ...options.policy, ignores: [...options.policy.ignores, ...inlineIgnores(job)] };
  const ran = CHECK_TABLE.rules.map(({ row }) => row);
  const judgement = judge(found, policy, options.today, ran);
  const { findings, counts, failing } = judgement;
  const named = new Set(findings.map(({ rule }) => rule));
  const [worst] =
    failing.length > 0 ? failing : findings.filter(({ suppressed }) => suppressed === undefined);
  const { version, sourceVersion, backend } = input.target;
  return {
    schemaVersion: 1,
    view: 'check',
    snapshot,
    against: job.now.source,
    target: {
      flink: versionText(version),
      source: sourceVersion === undefined ? null : versionText(sourceVersion),
      backend,
    },
    states,
    level: policy.level,
    failOn: policy.failOn,
    findings,
    counts,
    rules: [...ran, ...POLICY_RULES].filter(({ id }) => named.has(id)),
    exitCode: checkExitCode(judgement, UNDECIDED),
    next: worst === undefined ? '' : `statewright explain ${worst.rule}`,
  };
}

function inputOf(
  old: JobSchema,
  writtenBy: readonly BackendName[],
  { now, target, backend, configured = {}, allowNonRestored }: CheckOptions,
): CheckInput {
  const [first, last] = [firstVersionOf(old.source), lastVersionOf(old.source)];
  const restoredBy: Target = {
    version: target ?? newestOf(now) ?? newestOf(old) ?? { major: 1, minor: 8 },
    // A snapshot that either line may have written does not say which Kryo wrote it.
    sourceVersion: first?.major === last?.major ? last : undefined,
    backend: backendOfCheck(backend, configured, now, writtenBy),
  };
  return { old, now, target: restoredBy, allowNonRestored: allowNonRestored === true, writtenBy };
}

/** The newest release that a side is for. USAGE where its rules are not known. */
function newestOf(job: JobSchema | undefined): FlinkVersion | undefined {
  const last = job?.source.flinkVersions?.[1];
  if (last === undefined) return undefined;
  const version = flinkVersion(last);
  if (version !== undefined || job?.source.kind !== 'contract') return version;
  throw new StatewrightError('USAGE', {
    kind: 'state contract',
    reason: `${job.source.path} is for Flink ${last}, whose rules are not known`,
    next: 'known are 1.8 to 1.20 and 2.0 to 2.3; name one with --target',
  });
}
