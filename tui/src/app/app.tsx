import { render, useInput, useStdout } from 'ink';
import { useEffect, useLayoutEffect, useMemo, useReducer } from 'react';
import { keysOf } from '../keys/key.js';
import { pasteReader } from '../keys/paste.js';
import type { RowPainter } from '../terminal/row-painter.js';
import type { Theme } from '../theme.js';
import { draw } from './draw.js';
import type { Runtime } from './runtime.js';

/** What the program draws with. */
export interface AppProps {
  readonly runtime: Runtime;
  readonly theme: Theme;
  readonly painter: RowPainter;
}

/** Draws the machine's state and hands key presses to it: there is no state in React, and rows go to the painter. */
function App({ runtime, theme, painter }: AppProps): null {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const { stdout } = useStdout();
  useEffect(() => runtime.listen(redraw), [runtime]);
  useEffect(() => {
    const resized = (): void => {
      painter.clear();
      runtime.resize(stdout.columns, stdout.rows);
    };
    const { width, height } = runtime.machine.app.size;
    if (width !== stdout.columns || height !== stdout.rows) resized();
    stdout.on('resize', resized);
    return () => {
      stdout.off('resize', resized);
    };
  }, [stdout, runtime, painter]);
  const paste = useMemo(pasteReader, []);
  useInput((input, key) => {
    const step = paste(input, key);
    if (step.type === 'keys') runtime.press(keysOf(input, key));
    else if (step.type === 'pasted') runtime.paste(step.text);
  });
  useLayoutEffect(() => draw(runtime.machine, theme, painter));
  return null;
}

/** Takes the keyboard and draws from now on; gives the function that ends it. */
export function startApp(props: AppProps, stdin: NodeJS.ReadStream, stdout: NodeJS.WriteStream): () => void {
  const { unmount } = render(<App {...props} />, { stdin, stdout, exitOnCtrlC: false, patchConsole: false });
  return unmount;
}
