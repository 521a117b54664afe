/*
 * Writes the pages that are made from tables: commands, error codes, serializers, the config's schema. With --check it only says which of
 * them are out of date. The project must have been built.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ERROR_CODES } from '@statewright/bytes';
import { configSchema, KNOWN_MESSAGES, RULES } from '@statewright/compat';
import { planSchema, SAVED_PLAN_SCHEMA, STEPS } from '@statewright/migrate';
import { SNAPSHOT_FORMATS } from '@statewright/serializers';
import { ROOT } from './lib/paths.mjs';

const NOTICE = '<!-- Written by `npm run docs` from the tables in the code. -->';

function help(...args) {
  const main = path.join(ROOT, 'cli/dist/main.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args, '--help'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`statewright ${args.join(' ')} --help ended with ${status}: ${stderr}`);
  return stdout.trimEnd();
}

/** Names of the commands, as the program lists them. */
function commandNames(programHelp) {
  const [, list = ''] = /^Commands:\n((?: {2}.*\n)+)/m.exec(`${programHelp}\n`) ?? [];
  const names = [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map((match) => match[1]);
  return names.filter((name) => name !== 'help');
}

function commandsPage() {
  const program = help();
  const block = (text) => `\`\`\`text\n${text}\n\`\`\``;
  const sections = commandNames(program).map((name) => `## ${name}\n\n${block(help(name))}`);
  return ['# Commands', NOTICE, block(program), ...sections].join('\n\n');
}

function row(...cells) {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function errorsPage() {
  const intro = `Every error has one of these codes, the place (file and byte range), what was being read, and a reason with both numbers.
A released code never changes its meaning.`;
  const rows = Object.entries(ERROR_CODES).map(([code, means]) => row(`\`${code}\``, means));
  return ['# Error codes', NOTICE, intro, [row('code', 'means'), '|---|---|', ...rows].join('\n')].join(
    '\n\n',
  );
}

function simpleName(className) {
  return className.slice(className.lastIndexOf('.') + 1);
}

function serializersPage() {
  const intro = `The serializer snapshots that are read, written back byte for byte, and whose values are decoded and encoded. A snapshot class
that is not here gives UNKNOWN_SNAPSHOT_CLASS with its name, version and place; \`--snapshot ./mine.js\` adds one.`;
  const rows = SNAPSHOT_FORMATS.map(({ notes, classNames }) =>
    row(
      notes.type,
      notes.serializer,
      notes.flink,
      notes.values,
      classNames.map((name) => `\`${simpleName(name)}\``).join(' '),
    ),
  );
  const head = [row('type', 'serializer', 'Flink', 'values', 'snapshot class'), '|---|---|---|---|---|'];
  return ['# Serializers', NOTICE, intro, [...head, ...rows].join('\n')].join('\n\n');
}

/** For editors: what statewright.yaml takes. */
function configSchemaText() {
  return JSON.stringify(configSchema(RULES), null, 2);
}

/** For editors: what plans take. */
function planSchemaText() {
  return JSON.stringify(planSchema(STEPS), null, 2);
}

function savedPlanSchemaText() {
  return JSON.stringify(SAVED_PLAN_SCHEMA, null, 2);
}

function typeOf({ type, enum: choices, const: only, items }) {
  if (choices !== undefined) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (only !== undefined) return `\`${only}\``;
  if (type === 'array') return `list of ${items?.type ?? 'values'}`;
  return Array.isArray(type) ? type.join(' or ') : (type ?? 'any value');
}

function stepsPage() {
  const intro = `All steps of [migration plans](README.md), in short; each has a page with a plan that is run by the tests. Category is what a step does at
most.`;
  const index = STEPS.map(({ verb, purpose, category }) => row(`[\`${verb}\`](#${verb})`, purpose, category));
  const sections = STEPS.map(({ verb, purpose, category, since, example, options }) => {
    const required = options.required ?? [];
    const options_ = Object.entries(options.properties).map(([name, schema]) =>
      row(`\`${name}\`${required.includes(name) ? '' : ' ?'}`, typeOf(schema), schema.description ?? ''),
    );
    const table = [row('option', 'value', ''), '|---|---|---|', ...options_].join('\n');
    const yaml = `\`\`\`text\n${example.replace(/^(- )?/, '- ').trimEnd()}\n\`\`\``;
    const facts = `Category ${category}, since ${since}: ${purpose}. [More](${verb}.md)`;
    return [`## ${verb}`, facts, yaml, table].join('\n\n');
  });
  const head = [row('step', 'does', 'category'), '|---|---|---|'];
  return ['# Steps', NOTICE, intro, [...head, ...index].join('\n'), ...sections].join('\n\n');
}

function messagesPage() {
  const intro = `The messages that \`statewright explain\` knows in a log or a stack trace, of Flink, Avro and Kryo, with the releases of Flink
that are known to print them and the rules that find the same before anything is restored.

A *cause* says what is wrong. A *symptom* counts where no cause is near, a *wrapper* where nothing else is; a *warning* is told
beside them.`;
  const rows = KNOWN_MESSAGES.map(({ id, flink, weight, needles, rules }) =>
    row(
      `\`${id}\``,
      weight,
      flink,
      needles.map((needle) => `\`${needle.trim()}\``).join('<br>'),
      rules.map((rule) => `\`${rule}\``).join(' '),
    ),
  );
  const head = [row('message', 'weight', 'Flink', 'says', 'rules'), '|---|---|---|---|---|'];
  return ['# Known messages', NOTICE, intro, [...head, ...rows].join('\n')].join('\n\n');
}

function rulesPage() {
  const intro = `Every rule of \`check\` and \`lint\`, and of the exceptions themselves. A rule of level *restore* says that Flink refuses, *data* that
values vanish or come back wrong, *evolve* that the state cannot change later, *portable* that another backend or release
will not take it. Level and severity are those of the worst that the rule finds. Ids never disappear.`;
  const rows = RULES.map(({ id, purpose, level, severity, since }) =>
    row(`[\`${id}\`](rules/${id}.md)`, purpose, level, severity, since),
  );
  const head = [row('rule', 'finds', 'level', 'severity', 'since'), '|---|---|---|---|---|'];
  return ['# Rules', NOTICE, intro, [...head, ...rows].join('\n')].join('\n\n');
}

function rulePage({ id, purpose, level, severity, since, replacedBy, thresholds = [], docs }) {
  const facts = `Finds ${purpose}. Level ${level}, severity ${severity}, since ${since}.`;
  const retired = replacedBy === undefined ? [] : [`Retired: ${replacedBy.join(', ')} does its work now.`];
  const numbers = thresholds.map(({ name, kind, default: value, why }) =>
    row(`\`${name}\``, kind, String(value), why),
  );
  const table = [row('threshold', 'kind', 'default', 'why'), '|---|---|---|---|', ...numbers].join('\n');
  return [
    `# ${id}`,
    NOTICE,
    facts,
    ...retired,
    ...[`## What`, docs.what, `## Harm`, docs.harm, `## Remedy`, docs.remedy],
    ...(numbers.length === 0 ? [] : ['## Thresholds', table]),
    '[All rules](../rules.md)',
  ].join('\n\n');
}

const RULE_PAGES = Object.fromEntries(
  RULES.map((rule) => [`docs/rules/${rule.id}.md`, () => rulePage(rule)]),
);

const PAGES = {
  'docs/commands.md': commandsPage,
  'docs/errors.md': errorsPage,
  'docs/known-messages.md': messagesPage,
  'docs/schemas/config.json': configSchemaText,
  'docs/migrations/steps.md': stepsPage,
  'docs/schemas/plan.json': planSchemaText,
  'docs/schemas/saved-plan.json': savedPlanSchemaText,
  'docs/rules.md': rulesPage,
  ...RULE_PAGES,
  'docs/status-serializers.md': serializersPage,
};

const check = process.argv.includes('--check');
for (const [file, write] of Object.entries(PAGES)) {
  const target = path.join(ROOT, file);
  const text = `${write()}\n`;
  if (existsSync(target) && readFileSync(target, 'utf8') === text) continue;
  if (check) {
    console.error(`${file} is out of date, please run npm run docs`);
    process.exitCode = 1;
  } else {
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
    console.log(`wrote ${file}`);
  }
}
