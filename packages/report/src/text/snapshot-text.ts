import type { OperatorNames, SnapshotSummary } from '@statewright/inspect';
import { escapeText } from './escape.js';
import { factLines } from './facts.js';
import { formatBytes, plural } from './numbers.js';
import type { Style } from './style.js';
import { displayWidth } from './width.js';

/** The head of every view: the path, and what the snapshot is. */
export function* snapshotText(snapshot: SnapshotSummary, width: number, style: Style): Iterable<string> {
  yield style.heading(escapeText(snapshot.path));
  yield* factLines(snapshotFacts(snapshot), width, 2);
}

/** What a snapshot is: kind, releases, metadata, contents, size. */
export function snapshotFacts(snapshot: SnapshotSummary): string[] {
  return [
    kindOfSnapshot(snapshot),
    flinkRange(snapshot.flinkVersions),
    `metadata V${snapshot.metadataVersion}, ${formatBytes(snapshot.metadataBytes)}`,
    `${plural(snapshot.operators, 'operator')}, ${plural(snapshot.states, 'state')}`,
    `${formatBytes(snapshot.stateBytes)} of state`,
  ];
}

function kindOfSnapshot(snapshot: SnapshotSummary): string {
  const backends = snapshot.backends.length === 0 ? '' : ` of ${snapshot.backends.join(' and ')}`;
  const words = [snapshot.format, snapshot.type ?? 'snapshot', String(snapshot.checkpointId)];
  return words.filter((word) => word !== null).join(' ') + backends;
}

function flinkRange([first, last]: readonly [string, string]): string {
  return first === last ? `Flink ${first}` : `Flink ${first} to ${last}`;
}

/** An operator's uid, name and hash, on as many lines as they need. */
export function operatorTitle(operator: OperatorNames, width: number, style: Style): string[] {
  const names = [operator.uid, operator.name === operator.uid ? null : operator.name].filter(
    (name) => name !== null,
  );
  const title = names.length === 0 ? '(uid unknown)' : names.map(escapeText).join('  ');
  const fits = displayWidth(title) + operator.id.length + 2 <= width;
  if (fits) return [`${style.heading(title)}  ${style.dim(operator.id)}`];
  return [style.heading(title), `  ${style.dim(operator.id)}`];
}
