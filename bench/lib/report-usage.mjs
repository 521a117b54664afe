import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

/* Loaded before a measured program: says at its end how much memory it held at most. */

const file = process.env.STATEWRIGHT_BENCH_USAGE;

/** What Linux tells of a process counts from its start; what Node tells may be what its parent held. */
function peakBytes() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}

process.on('exit', () => {
  if (file !== undefined) writeFileSync(file, JSON.stringify({ peakBytes: peakBytes() }));
});
