import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ROOT, type Sample } from './samples.js';

const MAIN = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));

/** A command that takes longer hangs. */
const COMMAND_MILLIS = 60_000;

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in a process of its own. */
export function statewright(
  args: readonly string[],
  options: { readonly cwd: string; readonly node?: readonly string[]; readonly env?: NodeJS.ProcessEnv },
): Promise<Ran> {
  const child = spawn(process.execPath, [...(options.node ?? []), MAIN, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env, COLUMNS: '100' },
    timeout: COMMAND_MILLIS,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => {
      texts[name] += part;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, ...texts }));
  });
}

/** An empty directory that is removed when the tests of the file have run. */
export function scratchDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'statewright-hostile-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Writes a sample to a new directory. */
export function writeSample({ files }: Sample, directory: string): string {
  for (const [path, bytes] of files) {
    const target = join(directory, path.slice(ROOT.length + 1));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  return directory;
}
