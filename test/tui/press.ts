import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { openSavepoint } from '@statewright/savepoint';
import {
  AppMachine,
  frame,
  plainText,
  Runtime,
  SCREENS,
  type SessionOptions,
  sessionOf,
} from '@statewright/tui';
import { ROOT } from '../architecture/source-tree.js';

/*
 * Presses keys on the browser without a terminal:
 *
 *     const ui = await openBrowser('fixtures/savepoints/NAME', { width: 80, height: 24 });
 *     await ui.press('enter', 'down', 'enter');
 *     await ui.type('/abc');
 *     checkFrame('keys', ui);
 *
 * Frames are kept in test/tui/frames/NAME-WxH.txt. After a change that is meant,
 * `node test/dist/tui/NAME.test.js --rewrite` writes what is shown now; the diff is reviewed like code.
 */

/** The clock of all frames: 2026-01-02T03:04:05Z. */
export const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);

/** The sizes at which every screen is looked at. */
export const SIZES = [
  { width: 80, height: 24 },
  { width: 120, height: 40 },
  { width: 40, height: 15 },
] as const;

/** A browser that a test presses keys on. */
export interface Browser {
  readonly runtime: Runtime;
  readonly width: number;
  readonly height: number;
  /** Texts that were put into the clipboard. */
  readonly copied: readonly string[];
  /** Presses keys by name (`enter`, `down`, `x`), one after the other; after each waits until no work runs. */
  press(...keys: readonly string[]): Promise<void>;
  /** Types characters, without waiting between them; then waits until no work runs. */
  type(text: string): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  /** What is on the screen: one line a row, without spaces at their ends. */
  frame(): string;
  /** The bottom line. */
  message(): string;
}

/** How a browser is opened in a test. */
export interface OpenOptions extends SessionOptions {
  /** The clock; without it all is at `NOW`. */
  readonly now?: () => number;
  /** Begins at the list of snapshots of this absolute directory. */
  readonly directory?: string;
}

/** Opens the browser on a snapshot of the checkout. */
export async function openBrowser(
  snapshot: string,
  size: { readonly width: number; readonly height: number } = SIZES[0],
  { now = () => NOW, directory, ...options }: OpenOptions = {},
): Promise<Browser> {
  const savepoint = await openSavepoint(path.resolve(ROOT, snapshot), { relocate: true });
  const screens = new Map(SCREENS.map((screen) => [screen.id, screen]));
  const session = sessionOf(savepoint, snapshot, now, options);
  const first =
    directory === undefined
      ? { to: 'overview', args: undefined }
      : { to: 'checkpoints', args: { directory } };
  const machine = new AppMachine(session, screens, size, first);
  const copied: string[] = [];
  const runtime = new Runtime(machine, (text) => copied.push(text));
  await idle(runtime);
  const text = (): string => plainText(frame(machine.app, machine.context(), screens));
  return {
    runtime,
    ...size,
    copied,
    async press(...keys) {
      for (const key of keys) {
        runtime.press([key]);
        await idle(runtime);
      }
    },
    async type(characters) {
      runtime.press([...characters]);
      await idle(runtime);
    },
    async resize(width, height) {
      runtime.resize(width, height);
      await idle(runtime);
    },
    frame: text,
    message: () => text().split('\n').at(-1)!,
  };
}

/** Resolves when no effect runs; fails after a minute. */
async function idle(runtime: Runtime): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const labels = runtime.machine.app.busy.map(({ label }) => label).join(', ');
      reject(new Error(`still busy after a minute: ${labels}`));
    }, 60_000);
  });
  await Promise.race([runtime.idle(), late]).finally(() => clearTimeout(timer));
}

/** Compares what is shown with the kept frame of that name and size. */
export function checkFrame(name: string, browser: Browser): void {
  const { size } = browser.runtime.machine.app;
  const file = path.join(ROOT, `test/tui/frames/${name}-${size.width}x${size.height}.txt`);
  const now = `${browser.frame()}\n`;
  if (process.argv.includes('--rewrite')) writeFileSync(file, now);
  assert.ok(existsSync(file), `${file} is missing: run the test with --rewrite and read what it writes`);
  assert.equal(now, readFileSync(file, 'utf8'));
}
