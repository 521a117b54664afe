import { LocalFileSystem } from '@statewright/bytes';
import { exportLines, findStates, textLines } from '@statewright/inspect';
import type { Savepoint } from '@statewright/savepoint';

/** The keys of the entries of a snapshot, in the order in which they are exported. */
export async function exportedKeys(savepoint: Savepoint): Promise<string[]> {
  const scratch = { fs: new LocalFileSystem(), directory: '/nowhere', budget: 1 << 26 };
  const keys: string[] = [];
  for await (const chunk of exportLines(savepoint, findStates(savepoint, undefined), { scratch })) {
    for (const line of textLines(chunk)) keys.push((JSON.parse(line) as { key: string }).key);
  }
  return keys;
}
