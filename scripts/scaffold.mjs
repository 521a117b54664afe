/*
 * Writes the form for something new: its file, its row in the table, and the test that asks for its fixture.
 * Works on the folder it is called in.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ROOT } from './lib/paths.mjs';
import { command } from './scaffold/command.mjs';
import { handle } from './scaffold/handle.mjs';
import { snapshot } from './scaffold/snapshot.mjs';

const KINDS = { snapshot, handle, command };

const USAGE = `Usage: npm run scaffold -- snapshot|handle|command NAME [--class JAVA_CLASS]

  snapshot NAME   a serializer snapshot; --class is the snapshot's Java class
  handle NAME     a state handle
  command NAME    a command of the program

NAME is in small letters, words joined by hyphens.
`;

function fail(message) {
  console.error(`scaffold: ${message}`);
  process.exit(2);
}

/** Writes everything or, when a file exists or a row finds no place, nothing. */
function carryOut({ files, edits }) {
  const taken = Object.keys(files).filter((file) => existsSync(file));
  if (taken.length > 0) fail(`${taken.join(', ')} exists, nothing is overwritten`);
  const edited = Object.entries(edits).map(([file, edit]) => [file, edit(readFileSync(file, 'utf8'))]);
  const unchanged = edited.filter(([, text]) => text === undefined).map(([file]) => file);
  if (unchanged.length > 0) fail(`no place for a row was found in ${unchanged.join(', ')}`);
  for (const [file, text] of [...Object.entries(files), ...edited]) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const sources = [...Object.keys(files), ...Object.keys(edits)].filter((file) => /\.tsx?$/.test(file));
  const biome = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  spawnSync(process.execPath, [biome, 'check', '--write', ...sources], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function main() {
  const { values, positionals } = parseArgs({
    options: { class: { type: 'string' } },
    allowPositionals: true,
  });
  const [kind, name, ...rest] = positionals;
  if (!Object.hasOwn(KINDS, kind ?? '') || name === undefined || rest.length > 0)
    fail(`wrong usage\n\n${USAGE}`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) fail(`${name} is no name\n\n${USAGE}`);
  const plan = KINDS[kind](name, values);
  carryOut(plan);
  for (const file of Object.keys(plan.files)) console.log(`new      ${file}`);
  for (const file of Object.keys(plan.edits)) console.log(`changed  ${file}`);
  console.log(`\nNext:\n${plan.next.map((line) => `- ${line}`).join('\n')}`);
}

main();
