import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program in a real terminal: a tmux server of its own, without anybody's configuration. */
export class Tmux {
  private static count = 0;
  private readonly socket = `statewright-test-${process.pid}-${Tmux.count++}`;

  constructor(
    command: string,
    readonly width: number,
    readonly height: number,
  ) {
    const size = ['-x', String(width), '-y', String(height)];
    this.tmux('-f', '/dev/null', 'new-session', '-d', ...size, command);
    this.tmux('set-option', '-g', 'status', 'off');
    this.resize(width, height);
  }

  /** Presses keys by tmux's names: `Enter`, `Down`, `C-c`; text as it is with `text`. */
  press(...keys: readonly string[]): void {
    this.tmux('send-keys', ...keys);
  }

  /** Writes what programs send to the terminal from now on into a file, byte by byte. */
  record(file: string): void {
    this.tmux('pipe-pane', '-o', `cat > '${file}'`);
  }

  text(characters: string): void {
    this.tmux('send-keys', '-l', characters);
  }

  /** Pastes a text, marked as pasted where the program asked for that. */
  paste(text: string): void {
    this.tmux('set-buffer', '-b', 'pasted', text);
    this.tmux('paste-buffer', '-p', '-d', '-b', 'pasted');
  }

  resize(width: number, height: number): void {
    this.tmux('resize-window', '-x', String(width), '-y', String(height));
  }

  /** What is on the screen: rows without spaces at their ends. */
  screen(): string {
    const rows = this.tmux('capture-pane', '-p').split('\n').slice(0, -1);
    return rows.map((row) => row.trimEnd()).join('\n');
  }

  /** A value of tmux's formats: `#{alternate_on}`, `#{pane_pid}`. */
  format(text: string): string {
    return this.tmux('display-message', '-p', text).trimEnd();
  }

  /** Sets an option of the server. */
  option(name: string, value: string): void {
    this.tmux('set-option', '-s', name, value);
  }

  /** What was put into the clipboard: tmux's own buffers, one a line. */
  buffers(): string {
    return this.tmux('list-buffers').trimEnd();
  }

  /** Waits until the screen is as wanted, and gives it; after ten seconds it gives what is there. */
  async until(wanted: (screen: string) => boolean): Promise<string> {
    const end = Date.now() + 10_000;
    for (;;) {
      const screen = this.screen();
      if (wanted(screen) || Date.now() > end) return screen;
      await sleep(15);
    }
  }

  close(): void {
    this.tmux('kill-server');
  }

  private tmux(...args: readonly string[]): string {
    return execFileSync('tmux', ['-L', this.socket, ...args], { encoding: 'utf8' });
  }
}
