import type { Finding } from '@statewright/compat';
import { type FindingsView, requireFindings, suppressionText } from '../findings/findings-view.js';
import { fallbackPlace, placesOf, placeText } from '../findings/places.js';
import { jsonText } from '../json-text.js';
import type { AnyView, Renderer } from './renderer.js';

/** GitLab's Code Quality report: an array of issues with unique fingerprints; suppressed findings are of severity info. */
export const gitlabRenderer: Renderer = {
  format: 'gitlab',
  *render(view: AnyView) {
    const shown = requireFindings(view, 'gitlab');
    const used = new Map<string, number>();
    yield jsonText(
      shown.findings.map((finding) => issueOf(finding, shown, used)),
      2,
    );
  },
};

function issueOf(finding: Finding, view: FindingsView, used: Map<string, number>): object {
  const { rule, path, reason, fingerprint } = finding;
  const before = used.get(fingerprint) ?? 0;
  used.set(fingerprint, before + 1);
  const [place = fallbackPlace(view)] = placesOf(finding, view);
  const excuse = finding.suppressed === undefined ? '' : ` (${suppressionText(finding)})`;
  const bytes = place.start === undefined ? '' : ` at ${placeText(place)}`;
  return {
    type: 'issue',
    check_name: rule,
    description: `${path}: ${reason}${bytes}${excuse}`,
    categories: ['Compatibility'],
    fingerprint: before === 0 ? fingerprint : `${fingerprint}-${before}`,
    severity: severityOf(finding),
    location: { path: place.file.replace(/^(?:\.\/)+/, ''), lines: { begin: place.line ?? 1 } },
  };
}

function severityOf({ severity, level, suppressed }: Finding): string {
  if (suppressed !== undefined || severity === 'note') return 'info';
  if (severity === 'warning') return 'minor';
  return level === 'restore' ? 'blocker' : 'critical';
}
