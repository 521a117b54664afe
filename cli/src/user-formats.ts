import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SnapshotFormat } from '@statewright/serializers';
import { usage } from './options.js';

/**
 * The SnapshotFormat rows that an ES module of the user exports, under any name, alone or in arrays.
 */
export async function loadFormats(path: string): Promise<readonly SnapshotFormat[]> {
  const exported = await importModule(path);
  const found = Object.values(exported).flat().filter(isFormat);
  if (found.length === 0) {
    const next = 'a row has classNames, read, write, describe and codec';
    throw usage('--snapshot', `the module "${path}" exports no SnapshotFormat`, next);
  }
  return found;
}

async function importModule(path: string): Promise<object> {
  try {
    return (await import(pathToFileURL(resolve(path)).href)) as object;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw usage('--snapshot', `the module "${path}" cannot be loaded (${why})`);
  }
}

function isFormat(value: unknown): value is SnapshotFormat {
  if (typeof value !== 'object' || value === null) return false;
  const row = value as { readonly [name: string]: unknown };
  const methods = ['read', 'write', 'describe', 'codec'];
  return Array.isArray(row.classNames) && methods.every((name) => typeof row[name] === 'function');
}
