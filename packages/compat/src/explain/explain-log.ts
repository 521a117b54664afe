import type { Describe } from '@statewright/inspect';
import type { JobSchema } from '../schema/job-schema.js';
import type { ExplainedCause, ExplainLogView } from '../views.js';
import type { Clues, KnownMessage } from './known-message.js';
import { type Located, locate } from './locate.js';
import { readLogLines } from './log-lines.js';
import { KNOWN_MESSAGES } from './messages/index.js';
import { logScanner, type Sighting } from './scan-log.js';

/** What may stand beside a log. */
export interface ExplainOptions {
  /** The job whose restore failed, told by the snapshot that was restored or by a contract. */
  readonly job?: JobSchema | undefined;
  readonly describe: Describe;
  /** Default: all that are known. */
  readonly messages?: readonly KnownMessage[];
}

/**
 * Finds the known messages of failed restores in a log or a pasted stack trace, of any size and in bounded memory: what
 * each means, and what to do. The likeliest cause comes first; warnings come last.
 */
export async function explainLog(
  chunks: AsyncIterable<Uint8Array>,
  { job, describe, messages = KNOWN_MESSAGES }: ExplainOptions,
): Promise<ExplainLogView> {
  const scanner = logScanner(messages);
  await readLogLines(chunks, (text, number) => scanner.line(text, number));
  const sightings = meaningful(scanner.end());
  const causes = once(sightings.map((sighting) => explained(sighting, job, describe)));
  return { schemaVersion: 1, view: 'explain-log', causes };
}

/** The same cause of the same state stands in a log many times: once from the task, once from the job, once each attempt. */
function once(causes: readonly ExplainedCause[]): ExplainedCause[] {
  const seen = new Map<string, ExplainedCause>();
  for (const cause of causes) {
    const { message, operator, state, field } = cause;
    const key = JSON.stringify([message, operator, state, field, cause.cause]);
    const before = seen.get(key);
    const next = (before?.next.length ?? 0) >= cause.next.length ? before!.next : cause.next;
    seen.set(key, before === undefined ? cause : { ...before, next });
  }
  return [...seen.values()];
}

const ORDER = ['cause', 'symptom', 'wrapper', 'warning'] as const;

/** Wrappers only where nothing else was found, symptoms only where no cause was; the weightier ones first. */
function meaningful(sightings: readonly Sighting[]): Sighting[] {
  const weights = new Set(sightings.map(({ message }) => message.weight));
  const best = ORDER.find((weight) => weight !== 'warning' && weights.has(weight));
  return sightings
    .filter(({ message }) => message.weight === best || message.weight === 'warning')
    .map((sighting, i) => ({ sighting, i }))
    .sort((a, b) => rank(a.sighting) - rank(b.sighting) || a.i - b.i)
    .map(({ sighting }) => sighting);
}

function rank({ message }: Sighting): number {
  return ORDER.indexOf(message.weight);
}

function explained(sighting: Sighting, job: JobSchema | undefined, describe: Describe): ExplainedCause {
  const { message, reading, line, facts } = sighting;
  const clues = cluesOf(sighting);
  const located: Located =
    job === undefined || clues === undefined
      ? { operator: undefined, state: undefined, paths: [] }
      : locate(job, describe, clues, facts);
  return {
    message: message.id,
    flink: message.flink,
    line: { number: line.number, text: shortened(line.text) },
    operator: located.operator ?? facts.operatorId ?? facts.task ?? null,
    state: located.state ?? reading.state ?? null,
    field: reading.field ?? facts.kryoField?.field ?? null,
    cause: reading.cause,
    next: stepsOf(sighting, job),
    rules: reading.rules ?? message.rules,
    paths: located.paths,
  };
}

/** What to do; the snapshot is named where it is known, and asked for where it would help. */
function stepsOf({ reading, facts }: Sighting, job: JobSchema | undefined): string[] {
  const path = job?.source.kind === 'snapshot' ? shellWord(job.source.path) : 'SNAPSHOT';
  const steps = reading.next.map((step) => step.replaceAll('SNAPSHOT', path));
  if (facts.userCode !== undefined) steps.push(`look at ${facts.userCode}, where the job asked for it`);
  if (job === undefined && reading.clues !== undefined) {
    steps.push('statewright explain LOG SNAPSHOT names the states it can be about');
  }
  return steps;
}

/** What a view shows of a line. */
const MOST_TEXT = 1000;

function shortened(text: string): string {
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
}

/** The message's clues; where it is about Kryo, the class that Kryo's own trace names. */
function cluesOf({ reading, facts }: Sighting): Clues | undefined {
  if (reading.clues === undefined || facts.kryoField === undefined) return reading.clues;
  return reading.clues.className === undefined
    ? { ...reading.clues, serializer: 'KryoSerializer' }
    : reading.clues;
}

/** A path as a shell takes it for one word. */
function shellWord(path: string): string {
  return /^[\w./:@%+=,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
