import { type FileSystem, StatewrightError } from '@statewright/bytes';
import { type JsonSchema, readDocument } from '@statewright/compat';
import { fileDigest } from '../run/input-digest.js';

/** A plan bound to a snapshot: what `plan -o` saves and `apply` does, exactly. */
export interface SavedPlan {
  readonly savedPlanVersion: 1;
  /** Release of the toolkit that saved it. */
  readonly tool: string | null;
  /** Absolute path of the snapshot. */
  readonly snapshot: string;
  /** SHA-256 of the snapshot, see `ApplyView`. */
  readonly inputDigest: string;
  readonly plan: { readonly file: string; readonly directory: string; readonly text: string };
  /** The files that the plan names, with their SHA-256. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  readonly flinkVersion: string | null;
  readonly dropInFlight: boolean;
  readonly uidCandidates: readonly string[];
  readonly allowOutside: boolean;
  /** What steps take for now: digits. */
  readonly nowMillis: string;
}

const HEX_64 = { type: 'string', pattern: '^[0-9a-f]{64}$' };
const TEXT = { type: 'string' };
const DIGITS = { type: 'string', pattern: '^\\d+$' };

function object(properties: { readonly [name: string]: unknown }): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/** The JSON Schema (2020-12) of saved plans. */
export const SAVED_PLAN_SCHEMA: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Statewright saved plan',
  ...object({
    savedPlanVersion: { const: 1 },
    tool: { type: ['string', 'null'] },
    snapshot: TEXT,
    inputDigest: HEX_64,
    plan: object({ file: TEXT, directory: TEXT, text: TEXT }),
    files: { type: 'array', items: object({ path: TEXT, sha256: HEX_64 }) },
    flinkVersion: { type: ['string', 'null'] },
    dropInFlight: { type: 'boolean' },
    uidCandidates: { type: 'array', items: TEXT },
    allowOutside: { type: 'boolean' },
    nowMillis: DIGITS,
  }),
};

/** Whether a text is meant as a saved plan and not as a plan that a person writes. */
export function isSavedPlan(text: string): boolean {
  return /^\s*\{\s*"savedPlanVersion"/.test(text);
}

/** Reads a saved plan; BAD_DOCUMENT when it is none. */
export async function readSavedPlan(file: string, text: string): Promise<SavedPlan> {
  const { value } = await readDocument(file, text, SAVED_PLAN_SCHEMA);
  return value as SavedPlan;
}

/** CHANGED when a file that a saved plan names is not what it was. */
export async function expectSameFiles(saved: SavedPlan, fs: FileSystem): Promise<void> {
  for (const { path, sha256 } of saved.files) {
    const there = (await fs.stat(path))?.kind === 'file';
    if (there && (await fileDigest(fs, path)) === sha256) continue;
    const span = { file: path, start: 0, end: 0 };
    const reason = there ? 'its bytes are not those that the plan was saved with' : 'it is no longer there';
    const next = 'make the plan anew, and look at what it will do';
    throw new StatewrightError('CHANGED', { span, kind: 'file of the plan', reason, next });
  }
}
