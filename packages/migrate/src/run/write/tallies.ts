import { StatewrightError } from '@statewright/bytes';
import type { RewriteCounts, RewriteWatch, StateEntry } from '@statewright/savepoint';
import { toJson } from '@statewright/serializers';
import { type ChangeEvent, type ChangeReport, SKIP_ENTRY } from '../../job/entry-change.js';
import type { StateTally } from '../write-task.js';

/** How many failures of a state are told by name; all are counted. */
const MOST_FAILURES = 10;

/** Counts what happens to one state in one task. */
export class StateTallying implements RewriteWatch {
  readonly counts: RewriteCounts = { entriesIn: 0, entriesOut: 0, bytesIn: 0, bytesOut: 0, copied: 0 };
  /** Number of the step whose change is being made. */
  step = 0;
  private readonly events = new Map<string, { step: number; what: ChangeEvent; count: number }>();
  private readonly failures: StateTally['failures'][number][] = [];
  private readonly samples: StateTally['samples'][number][] = [];

  constructor(
    private readonly place: Pick<StateTally, 'operator' | 'state' | 'from'>,
    private samplesLeft: number,
  ) {}

  /** What changes of a step report to. */
  reportOf(step: number): ChangeReport {
    return { count: (what) => this.count(step, what) };
  }

  private count(step: number, what: ChangeEvent): void {
    const key = `${step} ${what}`;
    const event = this.events.get(key);
    if (event === undefined) this.events.set(key, { step, what, count: 1 });
    else event.count++;
  }

  isSkip(thrown: unknown): boolean {
    return thrown === SKIP_ENTRY;
  }

  failed(thrown: unknown, entry: () => StateEntry | undefined): void {
    if (!(thrown instanceof StatewrightError) || thrown.code === 'INTERNAL') throw thrown;
    const named = this.failures.length < MOST_FAILURES;
    this.failedKey(thrown, named ? entry()?.key : undefined);
  }

  /** An entry of that key is not what it should be. */
  failedKey(error: StatewrightError, key: unknown): void {
    this.count(this.step, 'failed');
    if (this.failures.length >= MOST_FAILURES) return;
    const reason = error.next === undefined ? error.reason : `${error.reason}; ${error.next}`;
    this.failures.push({ step: this.step, key: jsonOf(key), reason });
  }

  get wantsSample(): boolean {
    return this.samplesLeft > 0;
  }

  sample(before: StateEntry, after: readonly StateEntry[]): void {
    this.samplesLeft--;
    this.samples.push({ before: entryJson(before), after: after.map(entryJson) });
  }

  /** The tally as plain JSON. */
  result(): StateTally {
    const { place, counts, failures, samples } = this;
    return { ...place, ...counts, events: [...this.events.values()], failures, samples };
  }
}

/** A decoded value in the JSON mapping of `export`. */
function jsonOf(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(toJson(value));
}

function entryJson({ key, namespace, value, ttl }: StateEntry): unknown {
  const parts = { key: jsonOf(key), namespace: jsonOf(namespace), value: jsonOf(value) };
  return ttl === undefined ? parts : { ...parts, ttl: jsonOf(ttl) };
}
