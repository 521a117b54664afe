import type { KnownMessage, Reading } from './known-message.js';
import { readFacts, type TraceFacts } from './trace-facts.js';

/** A known message in a log, with what the trace around it tells. */
export interface Sighting {
  readonly message: KnownMessage;
  readonly reading: Reading;
  readonly line: { readonly number: number; readonly text: string };
  readonly facts: TraceFacts;
}

/** More causes than this no log has that a person reads on. */
const MOST_SIGHTINGS = 100;
/** Matches kept of one trace. */
const MOST_IN_TRACE = 64;

interface Match {
  readonly message: KnownMessage;
  readonly match: RegExpExecArray;
  readonly line: { readonly number: number; readonly text: string };
  /** Counts lines: what was matched on the same line has the same number. */
  readonly depth: number;
  /** Whether the frame that the message asks for was seen. */
  sure: boolean;
}

/** Takes a log line by line. A trace is what stands between two log records; its deepest cause counts. */
export interface LogScanner {
  line(text: string, number: number): void;
  /** What was found, in the order of the log; each thing once. */
  end(): readonly Sighting[];
}

/** A scanner for a table of messages. Memory does not grow with the log. */
export function logScanner(messages: readonly KnownMessage[]): LogScanner {
  const found = new Map<string, Sighting>();
  const any = new RegExp([...new Set(messages.flatMap(({ needles }) => needles))].map(escaped).join('|'));
  let matches: Match[] = [];
  let facts: TraceFacts = {};
  let header = true;
  let depth = 0;

  const close = () => {
    for (const { message, match, line } of chosen(matches)) keep(message, message.read(match), line);
    matches = [];
    facts = {};
  };
  const keep = (message: KnownMessage, reading: Reading, line: Sighting['line']) => {
    const own = { ...facts, operatorId: reading.clues?.operatorId ?? facts.operatorId };
    const key = JSON.stringify([message.id, reading.cause, own.operatorId ?? own.task, reading.field]);
    const before = found.get(key);
    if (before === undefined && found.size >= MOST_SIGHTINGS) return;
    // The same again adds what the first did not tell, for example where the job asked for the state.
    found.set(
      key,
      before === undefined
        ? { message, reading, line, facts: own }
        : { ...before, facts: { ...own, ...defined(before.facts) } },
    );
  };
  const look = (text: string, number: number) => {
    if (!any.test(text) || matches.length >= MOST_IN_TRACE) return;
    depth++;
    for (const message of messages) {
      if (!message.needles.some((needle) => text.includes(needle))) continue;
      const match = message.pattern.exec(text);
      if (match === null) continue;
      const line = { number, text: text.trim() };
      matches.push({ message, match, line, depth, sure: message.frame === undefined });
      if (message.frame === undefined) return;
    }
  };
  return {
    line(text, number) {
      if (FRAME.test(text)) {
        for (const one of matches) if (!one.sure && one.message.frame!.test(text)) one.sure = true;
        if (facts.userCode === undefined || facts.kind === undefined) facts = readFacts(facts, text);
        header = false;
        return;
      }
      if (PART.test(text)) matches = matches.filter(({ sure }) => sure);
      else if (!(header && EXCEPTION.test(text))) close();
      header = !PART.test(text);
      facts = readFacts(facts, text);
      look(text, number);
    },
    end() {
      close();
      return [...found.values()];
    },
  };
}

function defined(facts: TraceFacts): TraceFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

const FRAME = /^\s*(?:at |\.\.\. \d+ )/;
/** Goes on with the exception above. */
const PART = /^\s*(?:Caused by: |Suppressed: |Serialization trace:|[\w$]+ \([\w$.[\];]+\)$|$)/;
/** The first line of an exception, which belongs to the log record above it. */
const EXCEPTION = /^[\w$.]+(?:Exception|Error|Throwable)\b/;

/** Of a trace: its deepest cause; where there is none its deepest symptom, then its deepest wrapper; and all warnings. */
function chosen(matches: readonly Match[]): readonly Match[] {
  const sure = matches.filter((one) => one.sure);
  const warnings = sure.filter(({ message }) => message.weight === 'warning');
  for (const weight of ['cause', 'symptom', 'wrapper'] as const) {
    const deepest = sure.findLast(({ message }) => message.weight === weight);
    if (deepest !== undefined) return [...warnings, mostTelling(sure, deepest, weight)];
  }
  return warnings;
}

/** Of the deepest line the first message of the table; where that message stands higher up too, the one that tells more. */
function mostTelling(sure: readonly Match[], { depth }: Match, weight: KnownMessage['weight']): Match {
  const first = sure.find((one) => one.depth === depth && one.message.weight === weight)!;
  const same = sure.filter(({ message }) => message === first.message);
  return same.reduce((best, one) => (told(one) > told(best) ? one : best), first);
}

function told({ match }: Match): number {
  return Object.values(match.groups ?? {}).filter((text) => text !== undefined).length;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
