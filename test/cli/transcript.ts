import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../architecture/source-tree.js';

/*
 * A transcript is a session as it stands in a terminal:
 *
 *     # a remark
 *     $ statewright inspect DIR | head -n 1
 *     ----
 *     what it prints on stdout
 *     [stderr] and a line of what it prints on stderr
 *     [exit 2]
 *
 * Command lines are run by bash in the root of the checkout, without a terminal. `$OUT` is a new directory for each file;
 * it, and the checkout, are written as `$OUT` and `$ROOT` in the output.
 */

/** One command of a transcript. */
export interface Step {
  /** Remarks and empty lines before it. */
  readonly before: string;
  readonly command: string;
  readonly output: string;
}

/** The steps of a transcript file. */
export function parseTranscript(text: string): Step[] {
  const parts = text.split(/^(?=\$ )/m);
  const steps: Step[] = [];
  let before = parts[0]?.startsWith('$ ') ? '' : (parts.shift() ?? '');
  for (const part of parts) {
    const [head = '', ...rest] = part.split('\n');
    if (rest[0] !== '----') throw new Error(`the command "${head}" is not followed by ----`);
    const body = rest.slice(1).join('\n');
    // What stands behind the output and before the next command are the next command's remarks.
    const remarks = /(?:\n(?:#.*)?)*\n?$/.exec(body)![0];
    const output = body.slice(0, body.length - remarks.length);
    steps.push({ before, command: head.slice(2), output: output.trimEnd() });
    before = remarks.replace(/^\n/, '');
  }
  return steps;
}

/** The inverse of `parseTranscript`. */
export function formatTranscript(steps: readonly Step[]): string {
  const texts = steps.map(({ before, command, output }, i) => {
    const remarks = before.trim() === '' ? '' : `${before.trim()}\n`;
    return `${i === 0 ? '' : '\n'}${remarks}$ ${command}\n----\n${output === '' ? '' : `${output}\n`}`;
  });
  return texts.join('');
}

/** Runs command lines as a user would, with `statewright` on the path. */
export class Shell {
  private readonly home = mkdtempSync(path.join(os.tmpdir(), 'statewright-cli-'));
  private readonly out = path.join(this.home, 'out');

  constructor() {
    const bin = path.join(this.home, 'bin');
    mkdirSync(bin);
    mkdirSync(this.out);
    const program = path.join(bin, 'statewright');
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${ROOT}/cli/dist/main.js' "$@"\n`);
    chmodSync(program, 0o755);
  }

  /** What a command line prints, in the form of a transcript. */
  run(command: string): string {
    const { status, stdout, stderr } = this.spawn(command);
    const errors = this.portable(stderr)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `[stderr] ${line}\n`);
    const exit = status === 0 ? '' : `[exit ${status}]\n`;
    return `${this.portable(stdout)}${errors.join('')}${exit}`.trimEnd();
  }

  spawn(command: string): {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  } {
    const { NO_COLOR: _, FORCE_COLOR: __, COLUMNS: ___, ...inherited } = process.env;
    const PATH = `${path.join(this.home, 'bin')}:${process.env.PATH}`;
    const env = { ...inherited, PATH, OUT: this.out, TZ: 'UTC', LC_ALL: 'C.UTF-8' };
    return spawnSync('bash', ['-o', 'pipefail', '-c', command], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
  }

  private portable(text: string): string {
    return text.replaceAll(this.out, '$OUT').replaceAll(ROOT, '$ROOT');
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
