import { createReadStream } from 'node:fs';
import process from 'node:process';
import { LocalFileSystem, StatewrightError } from '@statewright/bytes';
import { explainLog, type JobSchema, jobSchemaOf, RULES } from '@statewright/compat';
import { closest, type Describe, describer } from '@statewright/inspect';
import type { Command, OptionValues } from '../command.js';
import type { Context } from '../context.js';
import { isContract, readContractFile } from '../contract-file.js';
import { EXIT } from '../exit-codes.js';
import { openSnapshot } from '../open.js';
import { formatOption, SNAPSHOT_OPTIONS, usage } from '../options.js';
import { printView } from '../print-view.js';

const LOG = 'fixtures/explain/pojo-int-to-long-flink1.20.log';

/** What a rule means, or why a restore failed. */
export const explainCommand: Command = {
  arguments: [
    {
      name: 'WHAT',
      optional: true,
      description: 'a rule, a file with a stack trace or log, or - for what is pasted',
      complete: 'file',
    },
    {
      name: 'SNAPSHOT',
      optional: true,
      description:
        'the snapshot that was to be restored, or a state contract of it: then real paths are named',
      complete: 'file',
    },
  ],
  options: [
    { flags: '--list', description: 'all rules' },
    formatOption('text', 'json', 'ndjson'),
    ...SNAPSHOT_OPTIONS,
  ],
  examples: [
    { line: 'kryo-fallback', does: 'a rule: what happens, what it does, how to mend it' },
    { line: `${LOG}`, does: 'a log of a restore that failed' },
    {
      line: `- fixtures/stories/pojo-int-to-long/flink1.20/previous < ${LOG}`,
      does: 'the same, with the snapshot beside it',
    },
  ],
  notes: [
    `Logs of any size are read in bounded memory. Known messages are listed in docs/known-messages.md. Exit code ${EXIT.lossy} when none of them is found.`,
  ],
  async run(context, [what, beside], options) {
    if (options.list === true) {
      if (what !== undefined) throw usage('--list', 'it lists all rules and goes without an argument');
      await printView(context, { schemaVersion: 1, view: 'explain-rules', rules: RULES }, options);
      return EXIT.clean;
    }
    if (what === undefined)
      throw usage('WHAT', 'a rule, a file or - is expected', '`explain --list` lists the rules');
    const rule = RULES.find(({ id }) => id === what);
    if (rule !== undefined) {
      if (beside !== undefined) throw usage('SNAPSHOT', 'it goes with a log, and a rule is given');
      await printView(context, { schemaVersion: 1, view: 'explain-rule', rule }, options);
      return EXIT.clean;
    }
    const log = await logOf(what);
    const view = await explainLog(log, await jobBeside(context, beside, options));
    await printView(context, view, options);
    return view.causes.length === 0 ? EXIT.lossy : EXIT.clean;
  },
};

/** The bytes of a log; USAGE when there is no such file, with the closest rules in case one was meant. */
async function logOf(what: string): Promise<AsyncIterable<Uint8Array>> {
  if (what === '-') return process.stdin;
  const stat = await new LocalFileSystem().stat(what);
  if (stat?.kind === 'file') return readFile(what);
  if (stat !== undefined) throw usage('WHAT', `"${what}" is a directory`, 'name the file of a log');
  const rules = closest(
    what,
    RULES.map(({ id }) => id),
    3,
  );
  const next =
    rules.length === 0 ? '`explain --list` lists the rules' : `the closest rules are ${rules.join(', ')}`;
  throw usage('WHAT', `there is no rule and no file "${what}"`, next);
}

async function* readFile(file: string): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of createReadStream(file)) yield chunk as Uint8Array;
  } catch (cause) {
    const reason = `the operating system reports ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`;
    throw new StatewrightError('IO_FAILED', { span: { file, start: 0, end: 0 }, kind: 'log', reason, cause });
  }
}

/** The states that messages are looked up in. */
async function jobBeside(
  context: Context,
  beside: string | undefined,
  options: OptionValues,
): Promise<{ readonly job: JobSchema | undefined; readonly describe: Describe }> {
  if (beside === undefined) return { job: undefined, describe: describer() };
  if (isContract(beside)) return { job: await readContractFile('SNAPSHOT', beside), describe: describer() };
  const { savepoint, describe } = await openSnapshot(context, beside, options);
  return { job: jobSchemaOf(savepoint, beside), describe };
}
