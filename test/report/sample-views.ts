import type { CheckView, Finding, LintView, RuleRow, StateVerdictView } from '@statewright/compat';

/* Views as check and lint make them, written by hand: every verdict, severity, suppression and kind of place. */

const SNAPSHOT: CheckView['snapshot'] = {
  path: 'savepoints/savepoint-4f1c2e',
  metadataVersion: 4,
  metadataBytes: 3346,
  checkpointId: 2,
  type: 'savepoint',
  format: 'canonical',
  flinkVersions: ['1.20', '1.20'],
  backends: ['rocksdb'],
  stateBytes: 12_443,
  operators: 3,
  states: 6,
};

function rule(id: string, level: RuleRow['level'], severity: RuleRow['severity']): RuleRow {
  const docs = {
    what: 'Flink compares the serializers of the field.',
    harm: 'The job does not start.',
    remedy: 'Add a new field and keep the old one for one release.',
  };
  return { id, purpose: `what ${id} finds`, level, severity, since: '0.2.0', docs };
}

const RULES = [
  rule('pojo-field-type-changed', 'restore', 'error'),
  rule('state-dropped', 'data', 'error'),
  rule('kryo-opaque', 'data', 'warning'),
  rule('uid-missing', 'evolve', 'note'),
];

function finding(ruleId: string, address: string | undefined, more: Partial<Finding>): Finding {
  const row = RULES.find(({ id }) => id === ruleId)!;
  return {
    rule: ruleId,
    level: row.level,
    severity: row.severity,
    operator: address?.split('/')[0],
    state: address,
    path: `${address ?? 'job'} > value`,
    reason: 'the field was int and is now long',
    next: 'add a new field',
    before: undefined,
    now: undefined,
    fingerprint: `${ruleId}${address}`.padEnd(32, '0').slice(0, 32),
    suppressed: undefined,
    ...more,
  };
}

function state(
  address: string,
  verdict: StateVerdictView['verdict'],
  more: Partial<StateVerdictView> = {},
): StateVerdictView {
  const [operator = '', name = ''] = address.split('/');
  return {
    address,
    operator,
    name,
    kind: 'value',
    verdict,
    restores: 'yes',
    readable: 'yes',
    places: [],
    ...more,
  };
}

/** Findings: two errors, a warning, a note, and one suppressed in each of the three ways. */
export const FINDINGS: readonly Finding[] = [
  finding('pojo-field-type-changed', 'fraud-detector/profile', {
    path: 'fraud-detector/profile > value > field age',
    next: 'statewright explain pojo-field-type-changed',
    now: { file: 'job.state.yaml', line: 14, column: 7 },
    before: { file: '_metadata', start: 1840, end: 1902 },
  }),
  finding('state-dropped', 'fraud-detector/last-amount', {
    path: 'fraud-detector/last-amount',
    reason: 'the new job has no state "last-amount": Flink drops it silently',
    before: { file: '_metadata', start: 512, end: 700 },
  }),
  finding('kryo-opaque', 'alerts/history', { reason: 'java.util.BitSet goes through Kryo' }),
  finding('uid-missing', undefined, { operator: 'sink', path: 'sink', next: '' }),
  finding('kryo-opaque', 'alerts/legacy', {
    suppressed: { by: 'config', reason: 'gone with the next release', until: '2027-01-31' },
  }),
  finding('kryo-opaque', 'alerts/history', {
    path: 'alerts/history > key',
    suppressed: { by: 'baseline', reason: 'known: baseline.json lists it', until: undefined },
  }),
  finding('uid-missing', undefined, {
    operator: 'map',
    path: 'map',
    now: { file: 'job.state.yaml', line: 3 },
    suppressed: { by: 'inline', reason: 'stateless', until: undefined },
  }),
];

/** A check that Flink refuses. */
export const CHECK: CheckView = {
  schemaVersion: 1,
  view: 'check',
  snapshot: SNAPSHOT,
  against: { kind: 'contract', path: 'job.state.yaml', flinkVersions: undefined },
  target: { flink: '2.3', source: '1.20', backend: 'rocksdb' },
  level: 'evolve',
  failOn: 'error',
  states: [
    state('fraud-detector/profile', 'incompatible', { restores: 'no', readable: 'no' }),
    state('fraud-detector/last-amount', 'dropped', { restores: 'yes', readable: 'no' }),
    state('fraud-detector/scores', 'compatible after migration', {
      kind: 'map',
      places: [
        {
          place: 'value',
          verdict: 'AFTER_MIGRATION',
          restores: 'yes',
          readable: 'yes',
          paths: [
            {
              path: 'fraud-detector/scores > value > field limit',
              verdict: 'AFTER_MIGRATION',
              readable: 'yes',
              reason: 'the field is added and gets the default of its type',
            },
          ],
        },
      ],
    }),
    state('alerts/history', 'opaque', { kind: 'list', readable: 'unknown' }),
    state('alerts/legacy', 'unknown', { restores: 'unknown', readable: 'unknown' }),
    state('alerts/pairs', 'compatible as is', { readable: 'no' }),
  ],
  findings: FINDINGS,
  counts: { error: 2, warning: 1, note: 1, suppressed: 3 },
  rules: RULES,
  exitCode: 20,
  next: 'statewright explain pojo-field-type-changed',
};

/** A lint that objects. */
export const LINT: LintView = {
  schemaVersion: 1,
  view: 'lint',
  snapshot: SNAPSHOT,
  since: { ...SNAPSHOT, path: 'savepoints/savepoint-old' },
  looked: { operators: 3, states: 6 },
  level: 'evolve',
  failOn: 'warning',
  findings: FINDINGS.filter(({ level }) => level !== 'restore'),
  counts: { error: 1, warning: 1, note: 1, suppressed: 3 },
  rules: RULES.slice(1),
  exitCode: 21,
  next: '',
};

/** A check and a lint in which nothing is wrong. */
export const CLEAN_CHECK: CheckView = {
  ...CHECK,
  states: [state('fraud-detector/profile', 'compatible as is')],
  findings: [],
  counts: { error: 0, warning: 0, note: 0, suppressed: 0 },
  rules: [],
  exitCode: 0,
  next: '',
};

export const CLEAN_LINT: LintView = {
  ...LINT,
  findings: [],
  counts: CLEAN_CHECK.counts,
  rules: [],
  exitCode: 0,
};

/** What a snapshot, a config or a baseline may hold in the place of any name or sentence. */
export const HOSTILE_TEXTS = [
  '\u001b[2J\u001b]0;title\u0007',
  '::error::boom\n::set-output name=x::y',
  '##[add-mask]x',
  '%0A::warning::x%25',
  '</failure><script>alert(1)</script>',
  ']]>&lt;!--',
  '| a | b |\n| - | - |',
  '[link](javascript:alert(1)) ![](x) `code` **bold** <img src=x onerror=1>',
  '@everyone fixes #1 and !2 ~label %9 https://example.org www.example.org',
  '"quoted", \'single\'',
  '\ud800\uffff\u0000\u0085',
  'a\u202eb\u200b',
  '<!-- $$x$$ -->',
] as const;

/** The check with a hostile text in every place that does not come from this toolkit. */
export function hostileCheck(text: string): CheckView {
  const address = `${text}/${text}`;
  return {
    ...CHECK,
    snapshot: { ...SNAPSHOT, path: text },
    against: { kind: 'snapshot', path: text, flinkVersions: undefined },
    states: [
      state(address, 'incompatible', { operator: text, name: text, restores: 'no' }),
      state(`${address}2`, 'compatible as is', { operator: text, name: text }),
    ],
    findings: FINDINGS.map((one) => ({
      ...one,
      operator: text,
      state: address,
      path: `${address} > value`,
      reason: text,
      next: text,
      now: { file: text, line: 1 },
      before: { file: text, start: 0, end: 4 },
      suppressed: one.suppressed && { ...one.suppressed, reason: text },
    })),
    next: text,
  };
}
