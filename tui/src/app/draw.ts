import type { RowPainter } from '../terminal/row-painter.js';
import { paint, type Theme } from '../theme.js';
import type { AppMachine } from './app-machine.js';
import { frame } from './frame.js';

/** Draws what the machine shows now. */
export function draw(machine: AppMachine, theme: Theme, painter: RowPainter): void {
  const { app, screens } = machine;
  const lines = frame(app, machine.context(), screens);
  painter.paint(lines.map((each) => paint(each, app.size.width, theme)));
}
