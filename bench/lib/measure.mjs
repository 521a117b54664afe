import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { watchPeak } from './peak-memory.mjs';

const REPORT_USAGE = pathToFileURL(path.join(ROOT, 'bench/lib/report-usage.mjs')).href;

/**
 * Runs a program: `{ seconds, output, peakBytes, stopped }`. Seconds go from before it is started until it has ended. A
 * program that takes longer than `limitSeconds` is stopped. Node itself is given nothing to load when `bare`.
 */
export async function timed(command, args, { bare = false, keep = true, limitSeconds } = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-bench-'));
  const usage = path.join(folder, 'usage.json');
  const node = command === process.execPath && !bare;
  const env = { ...process.env, ...(node ? usageEnvironment(usage) : {}) };
  const started = process.hrtime.bigint();
  const child = spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', keep ? 'pipe' : 'ignore', 'pipe'] });
  const peak = node || bare ? undefined : watchPeak(child.pid);
  try {
    const { code, output, errors, stopped } = await finished(child, limitSeconds);
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    if (code !== 0 && !stopped)
      throw new Error(`${[command, ...args].join(' ')} ended with ${code}\n${errors}`);
    const peakBytes = node && !stopped ? JSON.parse(readFileSync(usage, 'utf8')).peakBytes : peak?.();
    return { seconds, output, peakBytes, stopped };
  } finally {
    peak?.();
    rmSync(folder, { recursive: true });
  }
}

function usageEnvironment(usage) {
  return { STATEWRIGHT_BENCH_USAGE: usage, NODE_OPTIONS: `--import=${REPORT_USAGE}` };
}

function finished(child, limitSeconds) {
  return new Promise((resolve, reject) => {
    let output = '';
    let errors = '';
    let stopped = false;
    const limit = limitSeconds === undefined ? undefined : setTimeout(stop, limitSeconds * 1000);
    function stop() {
      stopped = true;
      child.kill('SIGKILL');
    }
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      resolve({ code: code ?? signal, output, errors, stopped });
    });
  });
}

/** The program, as a user calls it. Its output is not kept. */
export function statewright(args, options) {
  return timed(process.execPath, [path.join(ROOT, 'cli/dist/main.js'), ...args], { keep: false, ...options });
}

/** A script of `programs/` that prints one line of JSON: that, and `wallSeconds` with Node's own start. */
export async function program(name, ...args) {
  const file = path.join(ROOT, 'bench/programs', name);
  const { output, peakBytes, seconds } = await timed(process.execPath, [file, ...args]);
  return { ...JSON.parse(output), wallSeconds: seconds, peakBytes };
}

/**
 * Runs the contenders in turns, A B C A B C: what disturbs the machine for a while disturbs all of them. A contender is
 * `{ id, label, command, run }`, where `run` gives `{ seconds, peakBytes, … }`; with `runs` it drops out after as many.
 */
export async function inTurns(rounds, contenders) {
  const results = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { run, runs }] of contenders.entries()) {
      if (round < (runs ?? rounds)) results[i].push(await run());
    }
  }
  return results;
}
