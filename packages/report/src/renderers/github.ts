import type { Finding } from '@statewright/compat';
import {
  conclusionOf,
  countsText,
  type FindingsView,
  requireFindings,
  suppressionText,
} from '../findings/findings-view.js';
import { placesOf } from '../findings/places.js';
import { escapeText } from '../text/escape.js';
import type { AnyView, Renderer } from './renderer.js';

/** Workflow commands of GitHub Actions: an annotation for each finding, the last one with the conclusion. */
export const githubRenderer: Renderer = {
  format: 'github',
  *render(view: AnyView) {
    const shown = requireFindings(view, 'github');
    for (const finding of shown.findings) yield annotationOf(finding, shown);
    const word = shown.exitCode === 0 ? 'notice' : 'error';
    const next = shown.next === '' ? '' : `; next: ${shown.next}`;
    const message = `${conclusionOf(shown)}: ${countsText(shown)}${next}`;
    yield command(word, { title: `statewright ${shown.view}` }, message);
  },
};

const WORDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

function annotationOf(finding: Finding, view: FindingsView): string {
  const { severity, rule, path, reason, next, suppressed } = finding;
  const word = suppressed === undefined ? WORDS[severity] : 'notice';
  const [place] = placesOf(finding, view);
  const title = suppressed === undefined ? rule : `${rule} (suppressed)`;
  const lines = [`${path}: ${reason}`, suppressionText(finding), next === '' ? '' : `next: ${next}`];
  const properties = { file: place?.file, line: place?.line, col: place?.column, title };
  return command(word, properties, ...lines.filter((line) => line !== ''));
}

/** `::word key=value,key=value::message`; the message's lines are parted by encoded line feeds. */
function command(
  word: string,
  properties: { readonly [name: string]: string | number | undefined },
  ...lines: readonly string[]
): string {
  const list = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${propertyText(String(value))}`],
  );
  return `::${word} ${list.join(',')}::${lines.map(messageText).join('%0A')}`;
}

/** `%` first, as the runner decodes it last; what could steer a terminal is shown as an escape. */
function messageText(text: string): string {
  return escapeText(text).replaceAll('%', '%25');
}

function propertyText(text: string): string {
  return messageText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
