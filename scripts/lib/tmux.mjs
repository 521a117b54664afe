import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './paths.mjs';

let servers = 0;

/** A program in a real terminal: a tmux server of its own, of which screens are taken with their colours. */
export class Tmux {
  constructor(command, columns, lines) {
    this.socket = `statewright-screens-${process.pid}-${servers++}`;
    const size = ['-x', String(columns), '-y', String(lines)];
    this.run('-u', '-f', '/dev/null', 'new-session', '-d', ...size, '-c', ROOT, command);
    this.run('set-option', '-g', 'status', 'off');
    this.run('resize-window', ...size);
  }

  run(...args) {
    return execFileSync('tmux', ['-L', this.socket, ...args], { encoding: 'utf8' });
  }

  /** A key by tmux's name, or a text after `text:`. */
  press(key) {
    if (key.startsWith('text:')) this.run('send-keys', '-l', key.slice('text:'.length));
    else this.run('send-keys', key);
  }

  /** The rows of the screen, with SGR sequences, as soon as it holds what is wanted and stands still. */
  async screen(wanted) {
    let before = '';
    for (let tries = 0; tries < 300; tries++) {
      const plain = this.run('capture-pane', '-p');
      const now = this.run('capture-pane', '-e', '-p');
      if (wanted.test(plain) && now === before) return now.split('\n').slice(0, -1);
      before = now;
      await sleep(50);
    }
    throw new Error(`the screen never showed ${wanted}:\n${before}`);
  }

  close() {
    this.run('kill-server');
  }
}
