import { resolve } from 'node:path';
import type { FileSystem } from '@statewright/bytes';
import type { StateEntry } from '@statewright/savepoint';
import { toJson } from '@statewright/serializers';
import type { Mask } from './mask.js';

/** An entry as one line of JSON: key, namespace where it has one, and value, masked. */
export function jsonLine(entry: StateEntry, mask: Mask): Uint8Array {
  const members = [`"key":${toJson(mask.apply('key', entry.key))}`];
  if (entry.namespace !== null && entry.namespace !== undefined) {
    members.push(`"ns":${toJson(mask.apply('namespace', entry.namespace))}`);
  }
  members.push(`"value":${toJson(mask.apply('value', entry.value))}`);
  return new TextEncoder().encode(`{${members.join(',')}}\n`);
}

/** Writes a new file; ALREADY_EXISTS when the name is taken. Nothing is left of it when something fails. */
export async function writeNew(
  fs: FileSystem,
  file: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const writer = await fs.createWrite(resolve(file));
  try {
    for await (const chunk of chunks) await writer.write(chunk);
    await writer.commit();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
