import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';

/*
 * Loaded into a process with `--import` before anything else: notes every call that opens, makes, changes or removes a
 * file, and writes the notes to STATEWRIGHT_FILE_CALLS, a JSON object a line, when the process ends.
 */

/** A call: the function's name, the paths it got, and for `open` the flags. */
export interface FileCall {
  readonly call: string;
  readonly paths: readonly string[];
  readonly flags: string | number | undefined;
}

/** By name, how many paths a function takes; each also with `Sync` and as a promise. */
const PATHS: { readonly [name: string]: number } = {
  ...{ open: 1, writeFile: 1, appendFile: 1, truncate: 1, mkdir: 1, mkdtemp: 1, rm: 1, rmdir: 1, unlink: 1 },
  ...{ chmod: 1, lchmod: 1, chown: 1, lchown: 1, utimes: 1, lutimes: 1, createWriteStream: 1 },
  ...{ rename: 2, link: 2, symlink: 2, copyFile: 2, cp: 2 },
};

type Functions = { [name: string]: unknown };

const target = process.env.STATEWRIGHT_FILE_CALLS!;
const calls: FileCall[] = [];
const { writeFileSync } = fs;

function watch(functions: Functions, suffix: string): void {
  for (const [name, count] of Object.entries(PATHS)) {
    const original = functions[name + suffix];
    if (typeof original !== 'function') continue;
    functions[name + suffix] = function watched(this: unknown, ...args: unknown[]): unknown {
      const flags = name === 'open' ? (args[1] as string | number | undefined) : undefined;
      calls.push({ call: name, paths: args.slice(0, count).map(String), flags });
      return original.apply(this, args) as unknown;
    };
  }
}

watch(fs as unknown as Functions, '');
watch(fs as unknown as Functions, 'Sync');
watch(fs.promises as unknown as Functions, '');
syncBuiltinESMExports();

process.on('exit', () => {
  writeFileSync(target, calls.map((call) => `${JSON.stringify(call)}\n`).join(''));
});
