import { spawn } from 'node:child_process';
import process from 'node:process';

/** What ends a frame, as tmux spells output in control mode. */
const FRAME_END = '\\033[?2026l';

let servers = 0;

/**
 * A program in a real terminal: tmux in control mode, which tells of output as it comes. `press(key)` gives the
 * milliseconds from the key to the end of the next frame.
 */
export class TerminalProgram {
  constructor(command, width, height) {
    const socket = `statewright-bench-${process.pid}-${servers++}`;
    this.waiting = [];
    const size = ['-x', String(width), '-y', String(height)];
    const args = ['-L', socket, '-f', '/dev/null', '-C', 'new-session', ...size, command];
    const started = performance.now();
    this.tmux = spawn('tmux', args, { stdio: ['pipe', 'pipe', 'inherit'] });
    /** Milliseconds from the start to the end of the first frame. */
    this.firstFrame = this.frame().then(() => performance.now() - started);
    this.ended = new Promise((resolve) => this.tmux.on('close', resolve));
    this.tmux.stdout.setEncoding('latin1').on('data', (text) => this.arrived(text));
  }

  /** Undefined where the key changed nothing. */
  async press(key) {
    const since = performance.now();
    const frame = this.frame(1000);
    this.tmux.stdin.write(`send-keys ${key}\n`);
    return (await frame) ? performance.now() - since : undefined;
  }

  /** The program's process. */
  pid() {
    return new Promise((resolve) => {
      this.onPid = resolve;
      this.tmux.stdin.write('display-message -p "pid #{pane_pid}"\n');
    });
  }

  async close() {
    this.tmux.stdin.write('kill-server\n');
    await this.ended;
  }

  /** True at the end of the next frame, false when there is none within `limitMillis`. */
  frame(limitMillis = 60_000) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), limitMillis);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  arrived(text) {
    const pid = /^pid (\d+)/m.exec(text);
    if (pid !== null) this.onPid?.(Number(pid[1]));
    if (text.includes(FRAME_END)) for (const resolve of this.waiting.splice(0)) resolve();
  }
}
