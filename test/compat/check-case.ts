import assert from 'node:assert/strict';
import path from 'node:path';
import {
  type BackendName,
  type CheckView,
  checkSnapshot,
  flinkVersion,
  type JobSchema,
  jobSchemaOf,
  type Level,
  readContract,
  writeContract,
} from '@statewright/compat';
import { describer } from '@statewright/inspect';
import { openSavepoint } from '@statewright/savepoint';
import { ROOT } from '../architecture/source-tree.js';
import { CORPUS } from '../savepoint/corpus.js';

/** What a check rule's `fixtures/compat/<rule>/case.json` says to compare. */
export interface CheckCaseInput {
  /** Folder of the old snapshot, from the root of the checkout; after `official:`, from the official test data. */
  readonly previous: string;
  /** Folder of the new one. */
  readonly current?: string;
  /** In its place: changes in the state contract of the old snapshot, as a person makes them. */
  readonly edit?: readonly { readonly find: string; readonly replace: string }[];
  readonly target?: string;
  readonly backend?: BackendName;
  readonly level?: Level;
  readonly allowNonRestored?: boolean;
}

/** A case: all that the check must find, the worst first, then by path, and how it ends; `says` is a part of the reason. */
export interface CheckCase extends CheckCaseInput {
  /** What it is, and why Flink does so. */
  readonly why: string;
  readonly expect: {
    readonly exit: number;
    readonly findings: readonly { readonly rule: string; readonly path: string; readonly says?: string }[];
  };
}

/** Checks what a case names. */
export async function checkCase(input: CheckCaseInput): Promise<CheckView> {
  const { previous, target, backend, allowNonRestored, level = 'data' } = input;
  const savepoint = await openSavepoint(folderOf(previous), { relocate: true });
  return checkSnapshot(
    { savepoint, path: previous, describe: describer() },
    {
      now: await newSide(input, jobSchemaOf(savepoint, previous)),
      target: target === undefined ? undefined : flinkVersion(target),
      backend,
      allowNonRestored,
      policy: { level, failOn: 'error', rules: new Map(), ignores: [], baseline: undefined },
      today: '2026-12-01',
    },
  );
}

async function newSide({ current, edit }: CheckCaseInput, old: JobSchema): Promise<JobSchema | undefined> {
  if (current !== undefined) {
    return jobSchemaOf(await openSavepoint(folderOf(current), { relocate: true }), current);
  }
  if (edit === undefined) return undefined;
  let text = writeContract(old);
  for (const { find, replace } of edit) {
    assert.ok(text.includes(find), `the contract has no ${JSON.stringify(find)}:\n${text}`);
    text = text.replace(find, () => replace);
  }
  return readContract('job.state.yaml', text, (name) => assert.fail(`${name} is asked for`));
}

function folderOf(name: string): string {
  const official = 'official:';
  return name.startsWith(official) ? path.join(CORPUS, name.slice(official.length)) : path.join(ROOT, name);
}
