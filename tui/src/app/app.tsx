import { useInput, useStdout } from 'ink';
import { useEffect, useLayoutEffect, useReducer } from 'react';
import { keysOf } from '../keys/key.js';
import type { RowPainter } from '../terminal/row-painter.js';
import { paint, type Theme } from '../theme.js';
import { frame } from './frame.js';
import type { Runtime } from './runtime.js';

/** What the program draws with. */
export interface AppProps {
  readonly runtime: Runtime;
  readonly theme: Theme;
  readonly painter: RowPainter;
}

/** Draws the machine's state and hands key presses to it: there is no state in React, and rows go to the painter. */
export function App({ runtime, theme, painter }: AppProps): null {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const { stdout } = useStdout();
  useEffect(() => runtime.listen(redraw), [runtime]);
  useEffect(() => {
    const resized = (): void => {
      painter.clear();
      runtime.resize(stdout.columns, stdout.rows);
    };
    stdout.on('resize', resized);
    return () => {
      stdout.off('resize', resized);
    };
  }, [stdout, runtime, painter]);
  useInput((input, key) => runtime.press(keysOf(input, key)));
  useLayoutEffect(() => {
    const { app } = runtime.machine;
    const lines = frame(app, runtime.machine.context(), runtime.machine.screens);
    painter.paint(lines.map((each) => paint(each, app.size.width, theme)));
  });
  return null;
}
