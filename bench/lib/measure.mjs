import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../scripts/lib/paths.mjs';

const REPORT_USAGE = pathToFileURL(path.join(ROOT, 'bench/lib/report-usage.mjs')).href;

/** Runs a program; how long it took, what it printed, and, for Node, the most memory that it held. */
export async function timed(command, args, options = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-bench-'));
  const usage = path.join(folder, 'usage.json');
  const env = { ...process.env, STATEWRIGHT_BENCH_USAGE: usage };
  if (command === process.execPath) env.NODE_OPTIONS = `--import=${REPORT_USAGE}`;
  const started = process.hrtime.bigint();
  const { code, output } = await finished(
    spawn(command, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'], ...options }),
  );
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  try {
    if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with ${code}`);
    const peakBytes =
      command === process.execPath ? JSON.parse(readFileSync(usage, 'utf8')).peakBytes : undefined;
    return { seconds, output, peakBytes };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function finished(child) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code, signal) =>
      resolve({ code: code ?? signal, output: Buffer.concat(chunks).toString('utf8') }),
    );
  });
}

/** The program, as a user calls it. */
export function statewright(...args) {
  return timed(process.execPath, [path.join(ROOT, 'cli/dist/main.js'), ...args]);
}

/** A script of this folder that prints one line of JSON. */
export async function script(name, ...args) {
  const { output, peakBytes } = await timed(process.execPath, [path.join(ROOT, 'bench', name), ...args]);
  return { ...JSON.parse(output), peakBytes };
}

/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs the contenders in turns; the results of each, by its name. */
export async function inTurns(rounds, contenders) {
  const results = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contenders)) results[name].push(await run(round));
  }
  return results;
}
