import { equalStreams, type StateStream, type StreamEquality } from '@statewright/savepoint';
import { splitReadable, type Unreadable, unknownStates } from '../readable.js';
import type { StateDiff, UnreadDiff } from './diff-views.js';
import type { DiffSide, OperatorPair, StatePair } from './pair-states.js';

/** What can be said of a state whose entries are not read. */
export interface UnreadState {
  readonly why: string;
  readonly same: boolean;
  readonly files: StateDiff['files'];
}

/** Compares by their bytes what is not understood. */
export class UnreadStates {
  private readonly known = new Map<StateStream, Map<StateStream, Promise<StreamEquality>>>();

  constructor(
    private readonly before: DiffSide,
    private readonly after: DiffSide,
  ) {}

  /** Why a state's entries cannot be read on one of the sides; undefined where both can. */
  whyNot(pair: StatePair): string | undefined {
    for (const [side, state] of [['old', pair.old] as const, ['new', pair.new] as const]) {
      if (state === undefined) continue;
      const unreadable = splitReadable([state]).unreadable[0];
      if (unreadable !== undefined) return `in the ${side} snapshot ${unreadable.why}`;
    }
    return undefined;
  }

  /** Compares the streams that hold a state, pair by pair. */
  async state(pair: StatePair, why: string): Promise<UnreadState> {
    const [old, now] = [pair.old, pair.new].map((state) => state?.parts.map(({ stream }) => stream) ?? []);
    return { why, ...(await this.streams(old!, now!)) };
  }

  private async streams(
    old: readonly StateStream[],
    now: readonly StateStream[],
  ): Promise<Omit<UnreadState, 'why'>> {
    let same = old.length === now.length;
    const files = { old: 0, new: 0, same: 0 };
    for (let i = 0; i < Math.max(old.length, now.length); i++) {
      const [a, b] = [old[i], now[i]];
      if (a !== undefined && b !== undefined) {
        const equality = await this.equality(a, b);
        same &&= equality.equal;
        files.same += equality.files.same;
      }
      files.old += a?.files.length ?? 0;
      files.new += b?.files.length ?? 0;
    }
    return { same, files: files.old + files.new === 0 ? null : files };
  }

  private equality(a: StateStream, b: StateStream): Promise<StreamEquality> {
    const row = this.known.get(a) ?? new Map<StateStream, Promise<StreamEquality>>();
    this.known.set(a, row);
    let equality = row.get(b);
    if (equality === undefined) {
      const [old, now] = [this.before.savepoint, this.after.savepoint];
      equality = equalStreams({ savepoint: old, stream: a }, { savepoint: now, stream: b });
      row.set(b, equality);
    }
    return equality;
  }

  /** The streams of an operator that hold states which their headers do not tell. */
  async operator(pair: OperatorPair): Promise<UnreadDiff[]> {
    const [old, now] = [problems(pair, 'old'), problems(pair, 'new')];
    const same =
      old.length === now.length &&
      (
        await this.streams(
          old.map(({ stream }) => stream),
          now.map(({ stream }) => stream),
        )
      ).same;
    return [...old, ...now].map(({ unreadable, side }) => ({ ...unreadable, side, sameBytes: same }));
  }
}

interface Problem {
  readonly side: 'old' | 'new';
  readonly stream: StateStream;
  readonly unreadable: Unreadable;
}

function problems(pair: OperatorPair, side: 'old' | 'new'): Problem[] {
  const operator = pair[side];
  if (operator === undefined) return [];
  return operator.streams.flatMap((stream) =>
    unknownStates({ ...operator, streams: [stream] }).map((unreadable) => ({ side, stream, unreadable })),
  );
}
