import type { Finding, RuleRow, Severity, SourcePlace } from '@statewright/compat';
import { conclusionOf, type FindingsView, requireFindings } from '../findings/findings-view.js';
import { fallbackPlace, placesOf, uriOf } from '../findings/places.js';
import { jsonText } from '../json-text.js';
import type { AnyView, Renderer } from './renderer.js';

/** SARIF 2.1.0 (OASIS): one run, a result for each finding; suppressed ones are kept and marked as such. */
export const sarifRenderer: Renderer = {
  format: 'sarif',
  *render(view: AnyView) {
    const shown = requireFindings(view, 'sarif');
    const log = { $schema: SCHEMA, version: '2.1.0', runs: [runOf(shown)] };
    yield jsonText(log, 2);
  },
};

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** SARIF has Flink's three severities under the same names, so far. */
const LEVEL: { readonly [severity in Severity]: 'error' | 'warning' | 'note' } = {
  error: 'error',
  warning: 'warning',
  note: 'note',
};

function runOf(view: FindingsView): object {
  const indexes = new Map(view.rules.map(({ id }, i) => [id, i]));
  return {
    tool: { driver: { name: 'statewright', rules: view.rules.map(descriptorOf) } },
    invocations: [
      { executionSuccessful: true, exitCode: view.exitCode, exitCodeDescription: conclusionOf(view) },
    ],
    columnKind: 'utf16CodeUnits',
    results: view.findings.map((finding) => resultOf(finding, view, indexes.get(finding.rule))),
    properties: {
      command: view.view,
      snapshot: view.snapshot.path,
      level: view.level,
      failOn: view.failOn,
      counts: view.counts,
      ...(view.view === 'check' ? { against: view.against.path, target: view.target } : {}),
    },
  };
}

function descriptorOf({ id, purpose, level, severity, since, replacedBy, docs }: RuleRow): object {
  const text = [docs.what, docs.harm, docs.remedy].join('\n\n');
  const markdown = `${docs.what}\n\n**What it does:** ${docs.harm}\n\n**How to mend it:** ${docs.remedy}`;
  return {
    id,
    shortDescription: { text: purpose },
    fullDescription: { text: docs.what },
    help: { text, markdown },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: { tags: ['flink', 'state', level], level, since, ...(replacedBy ? { replacedBy } : {}) },
  };
}

function resultOf(finding: Finding, view: FindingsView, ruleIndex: number | undefined): object {
  const { rule, severity, reason, next, fingerprint, suppressed } = finding;
  const [first = fallbackPlace(view), ...others] = placesOf(finding, view);
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: LEVEL[severity],
    message: { text: next === '' ? `${reason}.` : `${reason}. Next: ${next}` },
    locations: [{ physicalLocation: physicalOf(first), logicalLocations: [logicalOf(finding)] }],
    ...(others.length === 0
      ? {}
      : {
          relatedLocations: others.map((place, id) => ({
            id,
            message: { text: 'before' },
            physicalLocation: physicalOf(place),
          })),
        }),
    partialFingerprints: { 'statewright/v1': fingerprint },
    ...(suppressed === undefined ? {} : { suppressions: [suppressionOf(suppressed)] }),
    properties: { level: finding.level, path: finding.path },
  };
}

function logicalOf({ path, state, operator }: Finding): object {
  const name = state ?? operator;
  return { ...(name === undefined ? {} : { name }), fullyQualifiedName: path, kind: 'member' };
}

function physicalOf(place: SourcePlace): object {
  const region = regionOf(place);
  return { artifactLocation: { uri: uriOf(place.file) }, ...(region === undefined ? {} : { region }) };
}

function regionOf({ line, column, start, end }: SourcePlace): object | undefined {
  if (line !== undefined)
    return { startLine: line, ...(column === undefined ? {} : { startColumn: column }) };
  return start === undefined ? undefined : { byteOffset: start, byteLength: (end ?? start) - start };
}

function suppressionOf({ by, reason, until }: NonNullable<Finding['suppressed']>): object {
  return {
    kind: by === 'inline' ? 'inSource' : 'external',
    status: 'accepted',
    justification: reason,
    properties: { by, ...(until === undefined ? {} : { until }) },
  };
}
