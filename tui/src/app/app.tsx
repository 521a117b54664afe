import { Text, useInput, useStdout } from 'ink';
import { type JSX, useEffect, useReducer } from 'react';
import { keysOf } from '../keys/key.js';
import { paint, type Theme } from '../theme.js';
import { frame } from './frame.js';
import type { Runtime } from './runtime.js';

/** Draws the machine's state and hands key presses to it: there is no state in React. */
export function App({ runtime, theme }: { readonly runtime: Runtime; readonly theme: Theme }): JSX.Element {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const { stdout } = useStdout();
  useEffect(() => runtime.listen(redraw), [runtime]);
  useEffect(() => {
    const resized = (): void => runtime.resize(stdout.columns, stdout.rows);
    stdout.on('resize', resized);
    return () => {
      stdout.off('resize', resized);
    };
  }, [stdout, runtime]);
  useInput((input, key) => runtime.press(keysOf(input, key)));
  const { app } = runtime.machine;
  const lines = frame(app, runtime.machine.context(), runtime.machine.screens);
  return <Text wrap="truncate">{lines.map((each) => paint(each, app.size.width, theme)).join('\n')}</Text>;
}
