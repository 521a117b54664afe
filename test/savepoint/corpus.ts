import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The official test data, beside the repository. A missing corpus fails the test that needs it. */
export const CORPUS = resolve(here, '../../../../shared/fixtures/official');

/** Snapshots that the generator's jobs wrote, with what Flink's State Processor API reads from them. */
export const FIXTURES = resolve(here, '../../../fixtures/savepoints');

export interface CorpusEntry {
  readonly id: string;
  readonly kind: string;
  readonly flinkVersion: string;
  readonly path: string;
  readonly metadata: string;
  readonly metadataVersion: number;
  readonly checkpointId: number;
  readonly operators: number;
  readonly format: string;
  readonly checkpointType: string | null;
  readonly bytes: number;
  readonly notes: string;
}

/** The entries of the corpus's index of the given kinds. */
export function corpus(...kinds: string[]): CorpusEntry[] {
  const index = JSON.parse(readFileSync(join(CORPUS, 'index.json'), 'utf8')) as { entries: CorpusEntry[] };
  return index.entries.filter((entry) => kinds.includes(entry.kind));
}

/** All savepoints and checkpoints. */
export function snapshots(): CorpusEntry[] {
  return corpus('savepoint', 'checkpoint', 'sql-savepoint');
}
