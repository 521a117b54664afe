import type { Finding, SourcePlace } from '@statewright/compat';
import type { FindingsView } from './findings-view.js';

/** A place as `file:line:column`, `file[start..end)` or `file`. */
export function placeText({ file, line, column, start, end }: SourcePlace): string {
  if (line !== undefined) return `${file}:${line}${column === undefined ? '' : `:${column}`}`;
  return start === undefined ? file : `${file}[${start}..${end ?? start})`;
}

/** The places of a finding whose files can be opened from where the command ran: where it stands now first. */
export function placesOf(finding: Finding, view: FindingsView): SourcePlace[] {
  const now = finding.now === undefined ? [] : [fromRoot(finding.now, nowRoot(view))];
  const before = finding.before === undefined ? [] : [fromRoot(finding.before, view.snapshot.path)];
  return [...now, ...before];
}

/** The new side, where it is a snapshot. */
function nowRoot(view: FindingsView): string {
  return view.view === 'check' && view.against.kind === 'snapshot' ? view.against.path : view.snapshot.path;
}

/**
 * A place in bytes with its file as the snapshot was named, `savepoints/sp-1/_metadata`: a report must not tell where on a
 * machine it was made, and forges look for files relative to the checkout. A place in a text names its file so already.
 */
function fromRoot(place: SourcePlace, root: string): SourcePlace {
  const { file, start } = place;
  const named = root.replace(/^(?:\.\/+)+/, '').replace(/(?<=.)\/+$/, '');
  if (start === undefined || file === named || file.startsWith(`${named}/`)) return place;
  if (!isAbsolute(file)) return { ...place, file: `${named}/${file}` };
  if (named === '' || named.startsWith('.') || isAbsolute(named)) return place;
  if (file.endsWith(`/${named}`)) return { ...place, file: named };
  const at = file.lastIndexOf(`/${named}/`);
  return at < 0 ? place : { ...place, file: file.slice(at + 1) };
}

function isAbsolute(file: string): boolean {
  return file.startsWith('/') || /^[A-Za-z]:[\\/]/.test(file) || /^[a-z][a-z0-9+.-]+:\/\//i.test(file);
}

/** Where a finding is to be shown that names no place: the new side, else the snapshot. */
export function fallbackPlace(view: FindingsView): SourcePlace {
  return { file: view.view === 'check' ? view.against.path : view.snapshot.path };
}

/** A path as a URI reference: every part is percent-encoded, an absolute path becomes a `file:` URI. */
export function uriOf(file: string): string {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(file)) return encodeURI(file);
  const drive = /^[A-Za-z]:/.test(file) ? '/' : '';
  const parts = (drive + file.replaceAll('\\', '/')).split('/').map(encodePart).join('/');
  return parts.startsWith('/') ? `file://${parts}` : parts;
}

function encodePart(part: string): string {
  // An unpaired surrogate is no character, and cannot be encoded.
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd'));
}
