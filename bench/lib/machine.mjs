import os from 'node:os';
import process from 'node:process';

/** What the figures depend on besides the program. */
export function machine() {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cpus: cpus.length,
    memoryBytes: os.totalmem(),
    node: process.version,
    system: `${os.type()} ${os.release()}`,
    /** Processes that wanted a CPU in the minute before: more than none of them makes every figure worse. */
    load: os.loadavg()[0],
  };
}
