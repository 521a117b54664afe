import { isAbsolute, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type FileSystem, StatewrightError } from '@statewright/bytes';
import type { PlanSurroundings } from './resolve-plan.js';

/** What steps get beside the plan: the files it names, and the clock. */
export interface SurroundingsOptions {
  readonly fs: FileSystem;
  /** Where relative names of the plan count from. */
  readonly directory: string;
  readonly flinkVersion: string;
  readonly nowMillis: bigint;
  /** Is told the path of each file that a step names. */
  readonly named?: (path: string) => void;
}

/** Surroundings of a plan whose files lie in a file system; modules come from the machine's own files. */
export function surroundingsOf(options: SurroundingsOptions): PlanSurroundings {
  const { fs, directory, flinkVersion, nowMillis } = options;
  const pathOf = (name: string): string => {
    const path = isAbsolute(name) ? name : resolve(directory, name);
    options.named?.(path);
    return path;
  };
  return {
    flinkVersion,
    nowMillis,
    pathOf,
    async readFile(name) {
      const path = pathOf(name);
      const stat = await fs.stat(path);
      if (stat?.kind !== 'file') throw noFile(name, 'there is no such file');
      return fs.readRange(path, 0, stat.size);
    },
    async loadModule(name) {
      try {
        return (await import(pathToFileURL(pathOf(name)).href)) as { readonly [name: string]: unknown };
      } catch (cause) {
        const why = cause instanceof Error ? cause.message.split('\n')[0]! : String(cause);
        throw noFile(name, `the module cannot be loaded (${why.replace(/\.$/, '')})`);
      }
    },
  };
}

function noFile(name: string, why: string): StatewrightError {
  const next = 'names count from the folder of the plan';
  return new StatewrightError('USAGE', {
    kind: `file ${JSON.stringify(name)} of the plan`,
    reason: why,
    next,
  });
}
