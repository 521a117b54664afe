import { type AnyView, RENDERERS } from '@statewright/report';
import type { OptionValues } from './command.js';
import type { Context } from './context.js';
import { usage } from './options.js';
import { ruleUrl } from './rule-pages.js';

/** Prints a view in the format that the options name. */
export async function printView(
  context: Context,
  view: AnyView,
  options: OptionValues,
  detail = false,
): Promise<void> {
  const renderer = RENDERERS.find(({ format }) => format === options.format);
  if (renderer === undefined) throw usage('--format', `there is no format "${String(options.format)}"`);
  context.log.clear();
  const { width, colour, hyperlinks } = context.terminal;
  const page = { width, colour, detail, ruleUrl: hyperlinks ? ruleUrl : undefined };
  for (const line of renderer.render(view, page)) await context.stdout.write(`${line}\n`);
}
