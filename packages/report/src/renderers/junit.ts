import type { Finding, StateVerdictView } from '@statewright/compat';
import {
  conclusionOf,
  type FindingsView,
  isFailing,
  requireFindings,
  subjectOf,
  suppressionText,
  verdictNotes,
} from '../findings/findings-view.js';
import { placesOf, placeText } from '../findings/places.js';
import { xmlElement, xmlOpen, xmlText } from '../findings/xml.js';
import type { AnyView, Renderer } from './renderer.js';

/**
 * JUnit XML, as most build servers read it: a test case for each state, for what else findings are about, and for the whole.
 * A failure is a finding that fails the command, an error is a verdict that nobody can give, and a case of which all findings
 * are suppressed is skipped.
 */
export const junitRenderer: Renderer = {
  format: 'junit',
  *render(view: AnyView) {
    const shown = requireFindings(view, 'junit');
    const cases = casesOf(shown);
    const count = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome).length;
    const totals = { tests: cases.length, failures: count('failure'), errors: count('error') };
    yield '<?xml version="1.0" encoding="UTF-8"?>';
    yield xmlOpen('testsuites', { name: 'statewright', ...totals });
    const name = `statewright ${shown.view} ${shown.snapshot.path}`;
    yield `  ${xmlOpen('testsuite', { name, ...totals, skipped: count('skipped'), time: 0 })}`;
    for (const one of cases) yield `    ${one.xml}`;
    yield '  </testsuite>';
    yield '</testsuites>';
  },
};

interface Case {
  readonly outcome: 'passed' | 'failure' | 'error' | 'skipped';
  readonly xml: string;
}

function casesOf(view: FindingsView): Case[] {
  const states = view.view === 'check' ? view.states : [];
  const known = new Set(states.map(({ address }) => address));
  const others = [...new Set(view.findings.map(subjectOf))].filter((subject) => !known.has(subject));
  const about = (subject: string) => view.findings.filter((finding) => subjectOf(finding) === subject);
  return [
    ...[...known].map((address) =>
      caseOf(
        address,
        about(address),
        view,
        states.filter((state) => state.address === address),
      ),
    ),
    ...others.map((subject) => caseOf(subject, about(subject), view, [])),
    wholeCase(view),
  ];
}

/** The command as a whole, so that a red build has a red case even where no single finding made it red. */
function wholeCase(view: FindingsView): Case {
  const name = `exit code ${view.exitCode}`;
  const conclusion = conclusionOf(view);
  if (view.exitCode === 0)
    return { outcome: 'passed', xml: testCase(name, view, ['system-out', conclusion]) };
  const failure = xmlElement('failure', { message: conclusion, type: view.view }, [xmlText(view.next)]);
  return { outcome: 'failure', xml: testCase(name, view, failure) };
}

function caseOf(
  name: string,
  findings: readonly Finding[],
  view: FindingsView,
  states: readonly StateVerdictView[],
): Case {
  const failing = findings.filter((finding) => isFailing(finding, view));
  const [worst] = failing;
  if (worst !== undefined) {
    const text = findings.map((finding) => lineOf(finding, view)).join('\n');
    const attributes = { message: worst.reason, type: failing.map(({ rule }) => rule).join(' ') };
    return {
      outcome: 'failure',
      xml: testCase(name, view, xmlElement('failure', attributes, [xmlLines(text)])),
    };
  }
  const verdicts = states.map((state) => [state.verdict, ...verdictNotes(state)].join(', '));
  if (states.some(({ verdict }) => verdict === 'unknown')) {
    const message = 'no bytes tell whether Flink restores this state';
    return { outcome: 'error', xml: testCase(name, view, xmlElement('error', { message, type: 'unknown' })) };
  }
  const lines = [...verdicts, ...findings.map((finding) => lineOf(finding, view))];
  if (findings.length > 0 && findings.every(({ suppressed }) => suppressed !== undefined)) {
    const message = findings.map((finding) => `${finding.rule}: ${suppressionText(finding)}`).join('; ');
    return { outcome: 'skipped', xml: testCase(name, view, xmlElement('skipped', { message })) };
  }
  return { outcome: 'passed', xml: testCase(name, view, ['system-out', lines.join('\n')]) };
}

/** `child` is XML, or the name and text of an element; without a text there is none. */
function testCase(name: string, view: FindingsView, child: string | readonly [string, string]): string {
  const attributes = { name, classname: `statewright.${view.view}`, time: 0 };
  if (typeof child === 'string') return xmlElement('testcase', attributes, [child]);
  const [element, text] = child;
  return xmlElement('testcase', attributes, text === '' ? [] : [xmlElement(element, {}, [xmlLines(text)])]);
}

function lineOf(finding: Finding, view: FindingsView): string {
  const { severity, rule, path, reason, next, suppressed } = finding;
  const places = placesOf(finding, view).map(placeText).join(', ');
  const where = places === '' ? '' : ` at ${places}`;
  const excuse = suppressed === undefined ? '' : ` (${suppressionText(finding)})`;
  return `${severity} ${rule}: ${path}: ${reason}${where}${excuse}${next === '' ? '' : `; next: ${next}`}`;
}

/** Our own line breaks stay, those in the data are escaped. */
function xmlLines(text: string): string {
  return text.split('\n').map(xmlText).join('\n');
}
