import type { DataInputView, StatewrightError } from '@statewright/bytes';
import { MapValue, Opaque, type TimerValue, type TtlValue } from '@statewright/serializers';
import type { StateEntry } from '../model.js';
import { follower, type KeyAndNamespace, readKeyAndNamespace } from './composite-key.js';
import { DecodedEntry } from './entry.js';
import type { StatePlan } from './state-plan.js';

/** Between the elements of a list: `ListDelimitedSerializer.DELIMITER`. */
const DELIMITER = 0x2c;

/** A map whose entries are being collected: they lie one behind the other. */
interface PendingMap {
  plan: StatePlan;
  key: unknown;
  namespace: unknown;
  keyBytes: number;
  valueBytes: number;
  entries: [unknown, unknown][];
  ttl: bigint[] | undefined;
  /** Key and namespace as bytes: `prefix` in `bytes` from `prefixStart`. */
  bytes: Uint8Array;
  prefixStart: number;
  prefixBytes: number;
  /** The key is opaque and nothing tells the map's key apart from it. */
  keyTookAll: boolean;
  /** Entries of the map were given before. */
  continued: boolean;
  start: number;
  end: number;
}

function readUserKey(plan: StatePlan, view: DataInputView): unknown {
  const start = view.pos;
  const keys = plan.repeatedKeys;
  const known = keys.find(view.bytes, start, view.limit);
  if (known !== undefined) return known;
  const key = plan.userKey!.read(view);
  if (view.pos !== view.limit) view.expectEnd('composite key');
  keys.add(view.bytes, start, view.limit, key);
  return key;
}

/** Where one raw entry lies in the window. */
export interface RawEntry {
  /** First byte of the entry: the key's length. */
  start: number;
  /** First byte behind the key-group prefix. */
  key: number;
  keyEnd: number;
  value: number;
  valueEnd: number;
}

/**
 * Decodes canonical entries into state entries: one each, but for maps, whose entries under one key and namespace become
 * one. `fixedSpan` replaces their place where the bytes were uncompressed first.
 */
export class CanonicalEntries {
  keyGroup = 0;
  out: StateEntry[] = [];
  private readonly at: KeyAndNamespace = {
    key: undefined,
    namespace: undefined,
    keyBytes: 0,
    tookAll: false,
  };
  private pending: PendingMap | undefined;
  fixedSpan: { readonly start: number; readonly end: number } | undefined;

  constructor(
    private readonly subtask: number,
    private readonly file: string,
    private readonly maxMapEntries: number,
  ) {}

  /** Decodes one raw entry of a state. */
  add(plan: StatePlan, view: DataInputView, raw: RawEntry): void {
    if (plan.shape === 'map') this.addMap(plan, view, raw);
    else if (plan.shape === 'timer') this.addTimer(plan, view, raw);
    else this.addValue(plan, view, raw);
    view.limit = view.bytes.length;
  }

  /** Ends the map being collected, if any. */
  flush(): void {
    const map = this.pending;
    if (map === undefined) return;
    this.pending = undefined;
    // Nothing followed where a map was cut.
    if (map.entries.length === 0) return;
    const entry = new DecodedEntry(
      map.plan.state,
      this.keyGroup,
      this.subtask,
      map.key,
      map.namespace,
      new MapValue(map.entries),
      map.ttl,
      map.keyBytes,
      map.valueBytes,
      this.file,
      map.start,
      map.end,
    );
    if (map.continued) entry.continues = true;
    this.out.push(entry);
  }

  /** Gives what there is of a large map, and goes on with it in another entry. */
  private cut(map: PendingMap): void {
    this.flush();
    const ttl = map.ttl === undefined ? undefined : [];
    const start = this.fixedSpan === undefined ? map.end : map.start;
    this.pending = { ...map, entries: [], ttl, valueBytes: 0, start, continued: true };
  }

  private addValue(plan: StatePlan, view: DataInputView, raw: RawEntry): void {
    view.pos = raw.key;
    view.limit = raw.keyEnd;
    const at = this.at;
    readKeyAndNamespace(view, plan, at);
    if (view.pos !== view.limit) view.expectEnd('composite key');
    view.pos = raw.value;
    view.limit = raw.valueEnd;
    let value: unknown;
    let ttl: bigint | readonly bigint[] | undefined;
    if (plan.shape === 'list') {
      const list = readList(view, plan);
      ttl = plan.ttl ? takeTtls(list) : undefined;
      value = list;
    } else if (plan.shape === 'opaque') {
      value = takeOpaque(view, plan);
    } else {
      value = plan.value.read(view);
      if (plan.ttl) {
        ttl = (value as TtlValue).lastAccessMillis;
        value = (value as TtlValue).value;
      }
    }
    if (view.pos !== view.limit) view.expectEnd('state value');
    this.push(plan, view, raw, at, value, ttl, raw.valueEnd - raw.value);
  }

  /** A timer's element is its key; its value is empty. */
  private addTimer(plan: StatePlan, view: DataInputView, raw: RawEntry): void {
    view.pos = raw.key;
    view.limit = raw.keyEnd;
    const at = this.at;
    const timestamp = readTimer(view, plan, at);
    if (view.pos !== view.limit) view.expectEnd('timer');
    if (raw.valueEnd !== raw.value) {
      view.pos = raw.value;
      view.limit = raw.valueEnd;
      view.expectEnd('timer');
    }
    at.keyBytes = raw.keyEnd - raw.key - 8;
    this.push(plan, view, raw, at, timestamp, undefined, 8);
  }

  private push(
    plan: StatePlan,
    view: DataInputView,
    raw: RawEntry,
    at: KeyAndNamespace,
    value: unknown,
    ttl: bigint | readonly bigint[] | undefined,
    valueBytes: number,
  ): void {
    const fixed = this.fixedSpan;
    const start = fixed === undefined ? view.fileOffset + raw.start : fixed.start;
    const end = fixed === undefined ? view.fileOffset + raw.valueEnd : fixed.end;
    const { state } = plan;
    this.out.push(
      new DecodedEntry(
        state,
        this.keyGroup,
        this.subtask,
        at.key,
        at.namespace,
        value,
        ttl,
        at.keyBytes,
        valueBytes,
        this.file,
        start,
        end,
      ),
    );
  }

  private addMap(plan: StatePlan, view: DataInputView, raw: RawEntry): void {
    let map = this.pending;
    if (map === undefined || !this.continues(map, plan, view, raw)) {
      this.flush();
      map = this.begin(plan, view, raw);
    }
    const userKeyStart = raw.key + map.prefixBytes;
    view.pos = userKeyStart;
    view.limit = raw.keyEnd;
    const userKey = map.keyTookAll ? follower(view) : readUserKey(plan, view);
    view.pos = raw.value;
    view.limit = raw.valueEnd;
    let value: unknown = null;
    // After a null flag Flink leaves the bytes of whatever its serializer makes of null; they mean nothing.
    if (!view.readBoolean('null flag')) {
      value = plan.value.read(view);
      if (view.pos !== view.limit) view.expectEnd('map value');
    }
    if (map.ttl !== undefined) {
      if (value === null) throw nullWithTtl(view, raw.value);
      const wrapped = value as TtlValue;
      map.ttl.push(wrapped.lastAccessMillis);
      value = wrapped.value;
    }
    map.entries.push([userKey, value]);
    map.valueBytes += raw.keyEnd - userKeyStart + (raw.valueEnd - raw.value);
    if (this.fixedSpan === undefined) map.end = view.fileOffset + raw.valueEnd;
    if (map.entries.length >= this.maxMapEntries) this.cut(map);
  }

  /** Whether key and namespace have the same bytes as those of the map being collected. */
  private continues(map: PendingMap, plan: StatePlan, view: DataInputView, raw: RawEntry): boolean {
    const length = map.prefixBytes;
    if (map.plan !== plan || map.keyTookAll || raw.keyEnd - raw.key < length) return false;
    const a = map.bytes;
    const b = view.bytes;
    for (let i = map.prefixStart, j = raw.key, end = i + length; i < end; i++, j++) {
      if (a[i] !== b[j]) return false;
    }
    return true;
  }

  private begin(plan: StatePlan, view: DataInputView, raw: RawEntry): PendingMap {
    view.pos = raw.key;
    view.limit = raw.keyEnd;
    const at = this.at;
    readKeyAndNamespace(view, plan, at);
    const fixed = this.fixedSpan;
    this.pending = {
      plan,
      key: at.key,
      namespace: at.namespace,
      keyBytes: at.keyBytes,
      valueBytes: 0,
      entries: [],
      ttl: plan.ttl ? [] : undefined,
      bytes: view.bytes,
      prefixStart: raw.key,
      prefixBytes: view.pos - raw.key,
      keyTookAll: at.tookAll,
      continued: false,
      start: fixed === undefined ? view.fileOffset + raw.start : fixed.start,
      end: fixed === undefined ? view.fileOffset + raw.valueEnd : fixed.end,
    };
    return this.pending;
  }
}

/**
 *   i64  timestamp in milliseconds with its sign bit flipped
 *   ...  key, then namespace
 *
 * Follows `TimerSerializer` (Flink 2.3). A key that does not tell its end is cut off before the namespace.
 */
function readTimer(view: DataInputView, plan: StatePlan, into: KeyAndNamespace): bigint {
  if (!plan.splitTimer) {
    const timer = plan.value.read(view) as TimerValue;
    into.key = timer.key;
    into.namespace = timer.namespace;
    return timer.timestampMillis;
  }
  const timestamp = BigInt.asIntN(64, view.readLong('timer timestamp') ^ (1n << 63n));
  readKeyAndNamespace(view, plan, into);
  return timestamp;
}

/** The error for a null in a map with TTL; `at` is where it, or the entry that holds it, lies in the view. */
export function nullWithTtl(view: DataInputView, at: number): StatewrightError {
  view.pos = at;
  return view.error(
    'BAD_VALUE',
    'null flag',
    'the flag is 1 but a value with a time of last access is never null',
  );
}

/**
 *   element, then `,` and an element, to the end of the value; there is no count and elements may hold `,`
 *
 * Follows `ListDelimitedSerializer` (Flink 2.3).
 */
function readList(view: DataInputView, plan: StatePlan): unknown[] {
  const list: unknown[] = [];
  while (view.pos < view.limit) {
    list.push(plan.value.read(view));
    if (view.pos >= view.limit) break;
    const delimiter = view.readUnsignedByte('list delimiter');
    if (delimiter !== DELIMITER) {
      view.pos -= 1;
      throw view.error(
        'BAD_VALUE',
        'list delimiter',
        `the byte is ${delimiter} but ${DELIMITER} is expected`,
      );
    }
  }
  return list;
}

/** Takes the TTL wrappers off the elements, and gives their times. */
export function takeTtls(list: unknown[]): bigint[] {
  const times = new Array<bigint>(list.length);
  for (let i = 0; i < list.length; i++) {
    const wrapped = list[i] as TtlValue;
    times[i] = wrapped.lastAccessMillis;
    list[i] = wrapped.value;
  }
  return times;
}

/** The value of a state of unknown kind: its serializer alone does not say how the value lies. */
export function takeOpaque(view: DataInputView, plan: StatePlan): Opaque {
  if (!plan.whole.delimited) {
    const value = plan.whole.read(view);
    if (value instanceof Opaque) return value;
  }
  const start = view.filePos;
  const bytes = view.bytes.slice(view.pos, view.limit);
  view.pos = view.limit;
  const why = 'the header does not tell the kind of the state';
  return new Opaque(bytes, view.spanFrom(start), why, undefined, '');
}
