import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  type LintInput,
  type LintView,
  lintSnapshot,
  RULES,
  readConfig,
  readFlinkConfig,
} from '@statewright/compat';
import { describer } from '@statewright/inspect';
import { openSavepoint } from '@statewright/savepoint';
import { ROOT } from '../architecture/source-tree.js';

/** What a lint rule's `fixtures/compat/<rule>/case.json` says to look at. */
export interface LintCaseInput {
  /** Folders, from the root of the checkout. */
  readonly snapshot: string;
  readonly since?: string;
  readonly flinkConfig?: { readonly file: string; readonly text: string };
  /** A statewright.yaml. */
  readonly config?: object;
  readonly uidCandidates?: readonly string[];
  /** As in a config: `7 d`. */
  readonly ttl?: string;
  /** A day. */
  readonly at?: string;
  /**
   * What is changed in a copy of the snapshot before it is read: `find` (text) by a text of the same length, or `utf` (a
   * Java UTF with its two bytes of length) by any other, wherever it stands in the file.
   */
  readonly edits?: readonly {
    readonly file: string;
    readonly find?: string;
    readonly utf?: string;
    readonly replace: string;
  }[];
}

/** A case: what the rule must say of the input, and an input that it must not object to. */
export interface LintCase extends LintCaseInput {
  readonly expect: readonly { readonly path: string; readonly says: readonly string[] }[];
  readonly clean: LintCaseInput;
}

const DAY = 86_400_000;

/** Lints what a case names. */
export async function lintCase(
  input: LintCaseInput,
  depth: 'schema' | 'frames' | 'values' = 'values',
): Promise<LintView> {
  const folder = input.edits === undefined ? path.join(ROOT, input.snapshot) : edited(input);
  try {
    const { config: raw = {}, flinkConfig, ttl, at = '2026-12-01', uidCandidates = [] } = input;
    const config = await readConfig('statewright.yaml', JSON.stringify({ level: 'portable', ...raw }), RULES);
    const { rules, ignores, backend } = config;
    return await lintSnapshot(await opened(folder, input.snapshot, uidCandidates), {
      policy: { level: 'portable', failOn: 'error', rules, ignores, baseline: undefined },
      today: at,
      atMillis: Date.parse(`${at}T00:00:00Z`),
      depth,
      since:
        input.since === undefined
          ? undefined
          : await opened(path.join(ROOT, input.since), input.since, uidCandidates),
      flinkConfig:
        flinkConfig === undefined ? undefined : readFlinkConfig(flinkConfig.file, flinkConfig.text),
      backend: backend === undefined ? undefined : { name: backend, from: config.file },
      ttlMillis: ttl === undefined ? undefined : Number.parseInt(ttl, 10) * DAY,
      uidCandidates: uidCandidates.length > 0,
    });
  } finally {
    if (input.edits !== undefined) rmSync(folder, { recursive: true });
  }
}

async function opened(folder: string, name: string, uidCandidates: readonly string[]): Promise<LintInput> {
  const savepoint = await openSavepoint(folder, { relocate: true, uidCandidates });
  return { savepoint, path: name, describe: describer() };
}

function edited({ snapshot, edits = [] }: LintCaseInput): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-lint-'));
  cpSync(path.join(ROOT, snapshot), folder, { recursive: true });
  for (const { file, find, utf, replace } of edits) {
    const target = path.join(folder, file);
    const before = readFileSync(target).toString('latin1');
    const [from, to] = utf === undefined ? [find!, replace] : [javaUtf(utf), javaUtf(replace)];
    if (!before.includes(from)) throw new Error(`${file} does not hold ${JSON.stringify(from)}`);
    writeFileSync(target, Buffer.from(before.replaceAll(from, to), 'latin1'));
  }
  return folder;
}

function javaUtf(text: string): string {
  return String.fromCharCode(text.length >> 8, text.length & 255) + text;
}
