import { type DataInputView, DataOutputView } from '@statewright/bytes';
import { TtlValue } from '@statewright/serializers';
import type { RawEntry } from '../entries/canonical-entries.js';
import { type KeyAndNamespace, readKeyAndNamespace } from '../entries/composite-key.js';
import type { StatePlan } from '../entries/state-plan.js';
import { writeVariableIntBytes } from './encode-entry.js';
import { cannotRewrite } from './new-state.js';
import type { RewriteWatch, ValueRewrite } from './rewrite.js';

const DELIMITER = 0x2c;
/** Bytes of a timer before its key: the timestamp. */
const TIMESTAMP = 8;

/**
 * Gives the parts of raw canonical entries new forms: only what changes is decoded, the rest is copied. The entry's new key
 * (without key-group prefix) and value stand in `key` and `value` afterwards.
 */
export class ValueFrames {
  readonly key = new DataOutputView();
  readonly value = new DataOutputView();
  /** Whether `key` is in use; else the key stays. */
  readonly changesKey: boolean;
  readonly changesValue: boolean;
  /** Why the last entry could not be changed. */
  failure: unknown;
  private readonly at: KeyAndNamespace = {
    key: undefined,
    namespace: undefined,
    keyBytes: 0,
    tookAll: false,
  };

  constructor(
    private readonly from: StatePlan,
    private readonly to: StatePlan,
    private readonly values: ValueRewrite,
    private readonly watch: RewriteWatch,
  ) {
    if (from.shape !== to.shape || from.shape === 'opaque' || from.ttl !== to.ttl) {
      const name = JSON.stringify(from.state.name);
      throw cannotRewrite(
        `the values of state ${name} cannot be changed one by one: their layout is not known or another`,
      );
    }
    const timer = from.shape === 'timer';
    this.changesKey =
      values.key !== undefined || values.namespace !== undefined || values.userKey !== undefined;
    this.changesValue = values.element !== undefined && !timer;
  }

  /** False: the entry is left out; for a reason other than that it should be, that is in `failure`. */
  change(view: DataInputView, raw: RawEntry): boolean {
    this.failure = undefined;
    if (this.changesKey && !this.newKey(view, raw)) return false;
    return !this.changesValue || this.newValue(view, raw);
  }

  /** The new key, decoded: for its hash. */
  newKeyValue: unknown;

  private newKey(view: DataInputView, raw: RawEntry): boolean {
    const { from, at, key: out } = this;
    out.clear();
    view.pos = raw.key;
    view.limit = raw.keyEnd;
    if (from.shape === 'timer') {
      out.writeRange(view.bytes, raw.key, raw.key + TIMESTAMP);
      view.pos += TIMESTAMP;
    }
    const start = view.pos;
    readKeyAndNamespace(view, from.shape === 'timer' ? this.timerParts : from, at);
    if (at.tookAll) {
      this.failure = cannotRewrite('the key is opaque, so that nothing in it can be changed');
      return false;
    }
    const userKeyStart = view.pos;
    const done = this.attempt(() => this.writeKey(view, start, userKeyStart));
    if (!done || from.shape !== 'map') return done;
    return this.newUserKey(view, raw, userKeyStart);
  }

  /** A timer's key and namespace are never followed by their lengths. */
  private get timerParts(): StatePlan {
    return this.from.ambiguous ? { ...this.from, ambiguous: false } : this.from;
  }

  private writeKey(view: DataInputView, start: number, end: number): void {
    const { from, to, at, values, key: out } = this;
    const keyStart = out.length;
    if (values.key === undefined) {
      out.writeRange(view.bytes, start, start + at.keyBytes);
    } else {
      this.newKeyValue = values.key(at.key);
      to.key.write(out, this.newKeyValue);
    }
    if (to.ambiguous) writeVariableIntBytes(out, out.length - keyStart);
    const namespaceStart = out.length;
    if (values.namespace !== undefined) to.namespace.write(out, values.namespace(at.namespace));
    else if (from.ambiguous) to.namespace.write(out, at.namespace);
    else out.writeRange(view.bytes, start + at.keyBytes, end);
    if (to.ambiguous) writeVariableIntBytes(out, out.length - namespaceStart);
  }

  private newUserKey(view: DataInputView, raw: RawEntry, start: number): boolean {
    const { from, to, values, key: out } = this;
    const convert = values.userKey;
    if (convert === undefined) {
      out.writeRange(view.bytes, start, raw.keyEnd);
      return true;
    }
    view.pos = start;
    const userKey = from.userKey!.read(view);
    if (view.pos !== view.limit) view.expectEnd('composite key');
    return this.attempt(() => to.userKey!.write(out, convert(userKey)));
  }

  private newValue(view: DataInputView, raw: RawEntry): boolean {
    const { shape } = this.from;
    const out = this.value;
    out.clear();
    view.pos = raw.value;
    view.limit = raw.valueEnd;
    if (shape === 'list') return this.newList(view);
    if (shape === 'map') {
      const isNull = view.readBoolean('null flag');
      out.writeBoolean(isNull);
      if (isNull) {
        out.writeRange(view.bytes, view.pos, raw.valueEnd);
        return true;
      }
    }
    const value = this.from.value.read(view);
    if (view.pos !== view.limit) view.expectEnd('state value');
    return this.put(value);
  }

  /** Elements between delimiters; those that are left out take theirs with them. */
  private newList(view: DataInputView): boolean {
    const out = this.value;
    let last = -1;
    while (view.pos < view.limit) {
      const element = this.from.value.read(view);
      const mark = out.length;
      if (last >= 0) out.writeByte(DELIMITER);
      if (this.put(element)) last = out.length;
      else if (this.failure !== undefined) return false;
      else out.length = mark;
      if (view.pos >= view.limit) break;
      if (view.readUnsignedByte('list delimiter') !== DELIMITER) {
        view.pos -= 1;
        throw view.error('BAD_VALUE', 'list delimiter', `the byte is not ${DELIMITER}`);
      }
    }
    return last >= 0;
  }

  /** Converts an element and writes it behind what `value` holds; false, and nothing written, when it is left out. */
  private put(value: unknown): boolean {
    const { value: out, to } = this;
    const convert = this.values.element!;
    const mark = out.length;
    try {
      if (to.ttl) {
        const { lastAccessMillis, value: inner } = value as TtlValue;
        to.value.write(out, new TtlValue(lastAccessMillis, convert(inner)));
      } else {
        to.value.write(out, convert(value));
      }
      return true;
    } catch (thrown) {
      out.length = mark;
      if (!this.watch.isSkip(thrown)) this.failure = thrown;
      return false;
    }
  }

  private attempt(write: () => void): boolean {
    try {
      write();
      return true;
    } catch (thrown) {
      if (!this.watch.isSkip(thrown)) this.failure = thrown;
      return false;
    }
  }
}
