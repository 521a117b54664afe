import assert from 'node:assert/strict';
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type ExplainLogView, explainLog, jobSchemaOf, KNOWN_MESSAGES, RULES } from '@statewright/compat';
import { describer } from '@statewright/inspect';
import { openSavepoint } from '@statewright/savepoint';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { ROOT } from '../architecture/source-tree.js';

const LOGS = path.join(ROOT, 'fixtures/explain');

async function* chunksOf(text: string, size = 1 << 16): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const explained = (text: string, size?: number) =>
  explainLog(chunksOf(text, size), { describe: describer() });
const logOf = (name: string) => readFileSync(path.join(LOGS, `${name}.log`), 'utf8');

/** What real Flink logged, and what it must come to; the second is the path in the savepoint that was restored. */
const STORIES: { readonly [log: string]: readonly (readonly [message: string, paths: readonly string[]])[] } =
  {
    'avro-field-with-default-flink1.20': [['avro-migration-fails', ['OP/order > value']]],
    'avro-field-without-default-flink1.20': [['state-serializer-incompatible', ['OP/order > value']]],
    'class-moved-flink1.20': [['class-of-snapshot-missing', ['OP/profile > value']]],
    'class-moved-flink2.3': [['class-of-snapshot-missing', ['fraud-detector/profile > value']]],
    'enum-constant-removed-flink1.20': [
      ['enum-constant-removed', ['OP/profile > value > field tier']],
      ['pojo-field-unreadable', ['OP/profile > value']],
    ],
    'key-type-changed-flink1.20': [
      [
        'key-serializer-incompatible',
        [
          'OP/tx-count > key',
          'OP/_timer_state/processing_user-timers > key',
          'OP/_timer_state/event_user-timers > key',
        ],
      ],
    ],
    'kryo-field-added-flink1.20': [['kryo-value-misread', ['OP/profile > value']]],
    'kryo-field-added-flink2.3': [['kryo-value-misread', ['fraud-detector/profile > value']]],
    'kryo-to-pojo-flink1.20': [['state-serializer-incompatible', ['OP/profile > value']]],
    'list-in-pojo-flink1.20': [['field-is-generic', ['OP/basket > value > field tags']]],
    'list-in-pojo-flink1.20-to-2.3': [['kryo-registration-unreadable', ['OP/basket > value > field tags']]],
    'list-to-tuple1-flink1.20': [['value-of-another-type', ['OP/last-two > value']]],
    'list-to-tuple1-flink2.3': [['state-serializer-incompatible', ['fraud-detector/last-two > value']]],
    'long-to-string-flink1.20': [['state-serializer-incompatible', ['OP/tx-count > value']]],
    'map-ttl-turned-on-flink1.20': [['state-serializer-incompatible', ['OP/seen > value']]],
    'max-parallelism-changed-flink1.20': [['max-parallelism-mismatch', []]],
    'operator-list-to-union-flink1.20': [
      ['operator-state-mode-changed', ['3983d6bb2f0a45b638461bc99138f22f/buffered']],
    ],
    'pojo-int-to-long-flink1.20': [['state-serializer-incompatible', ['OP/profile > value']]],
    'pojo-int-to-long-flink2.3': [['state-serializer-incompatible', ['fraud-detector/profile > value']]],
    'sql-row-gains-column-flink1.20': [['state-serializer-incompatible', ['OP/row > value']]],
    'ttl-turned-off-flink1.20': [['state-serializer-incompatible', ['OP/tx-count > value']]],
    'ttl-turned-on-flink1.20': [['state-serializer-incompatible', ['OP/tx-count > value']]],
    'uid-changed-flink1.20': [
      [
        'operator-not-in-job',
        ['OP/tx-count', 'OP/_timer_state/processing_user-timers', 'OP/_timer_state/event_user-timers'],
      ],
    ],
    'uid-changed-flink2.3': [
      [
        'operator-not-in-job',
        [
          'fraud-detector/tx-count',
          'fraud-detector/_timer_state/processing_user-timers',
          'fraud-detector/_timer_state/event_user-timers',
        ],
      ],
    ],
    'unchanged-flink1.20-to-2.3': [['kryo-registration-unreadable', ['OP/profile > value']]],
    'value-to-list-flink1.20': [['state-kind-changed', ['OP/tx-count']]],
  };

/** Savepoints of 1.20 know operators by hash only. */
const OP = '2a4a1fc41aef3eb315eb30509ae95f1a';

async function withSnapshot(log: string): Promise<ExplainLogView> {
  const [, story = '', line = ''] = /^(.*?)-flink(1\.20|2\.3)/.exec(log)!;
  const directory = path.join(ROOT, 'fixtures/stories', story, `flink${line}`, 'previous');
  const job = jobSchemaOf(await openSavepoint(directory, { relocate: true }), directory);
  return explainLog(createReadStream(path.join(LOGS, `${log}.log`)), { job, describe: describer() });
}

describe('what real Flink logged', () => {
  test('every log has an expectation', () => {
    const files = readdirSync(LOGS).filter((name) => name.endsWith('.log'));
    assert.deepEqual(files.map((name) => path.parse(name).name).toSorted(), Object.keys(STORIES).toSorted());
  });

  for (const [log, expected] of Object.entries(STORIES)) {
    test(`${log}: the cause, and its path in the savepoint`, async () => {
      const { causes } = await withSnapshot(log);
      assert.deepEqual(
        causes.map(({ message, paths }) => [message, paths.map((one) => one.replace(OP, 'OP'))]),
        expected,
      );
      for (const { next } of causes)
        assert.ok(next.length > 0 && !next.some((step) => step.includes('SNAPSHOT')));
    });
  }

  test('two serializers of one class are told apart by what they can hide', async () => {
    const [cause] = (await explained(logOf('map-ttl-turned-on-flink1.20'))).causes;
    assert.match(cause!.line.text, /MapSerializer@\w+\) must not be incompatible with .*MapSerializer@/);
    assert.match(cause!.cause, /type of the map's keys or values, or TTL/);
    const [pojo] = (await explained(logOf('pojo-int-to-long-flink1.20'))).causes;
    assert.match(pojo!.cause, /a field has another type/);
    const [on] = (await explained(logOf('ttl-turned-on-flink1.20'))).causes;
    assert.match(on!.cause, /TTL was off .* and is on now/);
  });

  test('the trace tells the field, the operator, and where the job asked for the state', async () => {
    const [kryo] = (await explained(logOf('kryo-field-added-flink1.20'))).causes;
    assert.equal(kryo!.field, 'nick');
    const [avro] = (await explained(logOf('avro-field-with-default-flink1.20'))).causes;
    assert.equal(avro!.field, 'currency');
    const [moved] = (await explained(logOf('class-moved-flink1.20'))).causes;
    assert.equal(moved!.operator, OP);
    assert.match(moved!.cause, /com\.acme\.v1\.Profile/);
    const [state] = (await explained(logOf('value-to-list-flink1.20'))).causes;
    assert.equal(state!.operator, 'fraud-detector -> Filter -> Sink: Writer');
    assert.match(state!.next.at(-2)!, /^look at dev\.statewright\.fixtures\.spec\.BoundState\.state\(/);
  });
});

interface Example {
  readonly message: string;
  readonly source: string;
  readonly lines: readonly string[];
}
const EXAMPLES = readFileSync(path.join(LOGS, 'messages.ndjson'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Example);

describe('messages as the sources print them', () => {
  for (const { message, source, lines } of EXAMPLES) {
    test(`${message}: ${source}`, async () => {
      const { causes } = await explained(lines.join('\n'));
      assert.deepEqual(
        causes.map((cause) => cause.message),
        [message],
      );
      assert.equal(causes[0]!.line.text, lines[0]!.trim());
    });
  }

  test('every known message has an example or a log', () => {
    const seen = new Set([
      ...EXAMPLES.map(({ message }) => message),
      ...Object.values(STORIES).flatMap((causes) => causes.map(([message]) => message)),
    ]);
    assert.deepEqual(
      KNOWN_MESSAGES.map(({ id }) => id).filter((id) => !seen.has(id)),
      [],
    );
    assert.equal(new Set(KNOWN_MESSAGES.map(({ id }) => id)).size, KNOWN_MESSAGES.length);
  });

  test('rules that messages name exist', async () => {
    const ids = new Set(RULES.map(({ id }) => id));
    const texts = [...EXAMPLES.map(({ lines }) => lines.join('\n')), ...Object.keys(STORIES).map(logOf)];
    const views = await Promise.all(texts.map((text) => explained(text)));
    const named = views.flatMap(({ causes }) => causes.flatMap(({ rules }) => rules));
    for (const rule of [...named, ...KNOWN_MESSAGES.flatMap(({ rules }) => rules)])
      assert.ok(ids.has(rule), rule);
  });
});

describe('what counts in a log', () => {
  test('of a trace the deepest cause, of a log each cause once, warnings last', async () => {
    const hint = EXAMPLES.find(({ message }) => message === 'class-is-no-pojo')!.lines[0]!;
    const trace = logOf('class-moved-flink1.20');
    const { causes } = await explained(`${hint}\n${trace}${trace}${logOf('value-to-list-flink1.20')}`);
    assert.deepEqual(
      causes.map(({ message }) => message),
      ['class-of-snapshot-missing', 'state-kind-changed', 'class-is-no-pojo'],
    );
    assert.deepEqual(
      causes.map(({ line }) => line.number > 1),
      [true, true, false],
    );
  });

  test('exceptions of the JDK only below the frames of Flink or Avro', async () => {
    const other =
      'java.lang.NullPointerException\n\tat com.acme.Enrich.map(Enrich.java:3)\njava.io.EOFException: x\n';
    assert.deepEqual((await explained(other)).causes, []);
    const missing =
      'java.io.FileNotFoundException: /etc/x (No such file or directory)\n\tat com.acme.A.b(A.java:1)';
    assert.deepEqual((await explained(missing)).causes, []);
  });

  test('a trace that was cut says so', async () => {
    const cut = logOf('class-moved-flink1.20').split('\nCaused by: java.io.IOException')[0]!;
    const [cause, ...more] = (await explained(cut)).causes;
    assert.equal(cause!.message, 'state-not-initialized');
    assert.match(cause!.cause, /not part of what was given/);
    assert.deepEqual(more, []);
  });

  test('an unknown log has no cause', async () => {
    assert.deepEqual((await explained('hello\n')).causes, []);
    assert.deepEqual((await explained('')).causes, []);
  });

  test('the same in JSON, with colours, from docker compose, with CR LF, and however it is cut into chunks', async () => {
    const trace = logOf('value-to-list-flink1.20').trimEnd();
    const message = async (text: string, size?: number) =>
      (await explained(text, size)).causes.map((cause) => [cause.message, cause.operator]);
    const plain = await message(trace);
    assert.equal(plain.length, 1);
    const json = JSON.stringify({ 'root-exception': trace.slice(trace.indexOf('\n') + 1) });
    assert.deepEqual((await message(json))[0]![0], plain[0]![0]);
    const lines = trace.split('\n');
    assert.deepEqual(await message(lines.map((line) => `\u001b[31m${line}\u001b[0m`).join('\n')), plain);
    assert.deepEqual(await message(lines.map((line) => `taskmanager-1  | ${line}`).join('\n')), plain);
    assert.deepEqual(await message(lines.join('\r\n')), plain);
    assert.deepEqual(await message(trace, 7), plain);
  });
});

describe('explain on hostile input', () => {
  test('a line without an end, and one that makes slow patterns slow, take no time', async () => {
    const beginnings = KNOWN_MESSAGES.flatMap(({ needles }) => needles);
    const before = performance.now();
    for (const text of [
      ...beginnings,
      'The new state serializer (',
      'Max parallelism mismatch operator ',
      'at a.b(',
    ]) {
      await explained(text.repeat(Math.ceil(100_000 / text.length)));
    }
    assert.ok(performance.now() - before < 20_000);
  });

  test('memory does not grow with the log', async () => {
    const trace = logOf('class-moved-flink1.20');
    async function* many(): AsyncIterable<Uint8Array> {
      for (let i = 0; i < 4000; i++) yield Buffer.from(trace.replaceAll('Profile', `Profile${i}`));
    }
    const { causes } = await explainLog(many(), { describe: describer() });
    assert.equal(causes.length, 100);
  });

  test('names in a log are no paths, patterns or keys', async () => {
    for (const name of ['__proto__', 'constructor', '.*', '$&', '\u001b[2J']) {
      const line = `java.io.IOException: Could not find class '${name}' in classpath.`;
      const { causes } = await explained(line);
      assert.ok(causes.length <= 1);
    }
  });
});

describe('explain as JSON', () => {
  const schema = JSON.parse(readFileSync(path.join(ROOT, 'docs/schemas/explain.json'), 'utf8'));
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(schema);

  test('fits its schema, which allows nothing else', async () => {
    const view = await withSnapshot('kryo-field-added-flink1.20');
    assert.ok(validate(JSON.parse(JSON.stringify(view))), ajv.errorsText(validate.errors));
    assert.ok(!validate({ ...view, more: 1 }));
    for (const rule of RULES) {
      const one = { schemaVersion: 1, view: 'explain-rule', rule };
      assert.ok(validate(JSON.parse(JSON.stringify(one))), ajv.errorsText(validate.errors));
    }
    assert.ok(
      validate(JSON.parse(JSON.stringify({ schemaVersion: 1, view: 'explain-rules', rules: RULES }))),
    );
  });
});
