import { writeFileSync } from 'node:fs';
import process from 'node:process';

/* Loaded before a measured program: says at its end how much memory it held at most. */

const file = process.env.STATEWRIGHT_BENCH_USAGE;
process.on('exit', () => {
  if (file !== undefined)
    writeFileSync(file, JSON.stringify({ peakBytes: process.resourceUsage().maxRSS * 1024 }));
});
