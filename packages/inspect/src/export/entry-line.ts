import type { State, StateEntry } from '@statewright/savepoint';
import { MapValue, type SnapshotFormat, toJson } from '@statewright/serializers';
import { type ValueTexts, valueTexts } from './value-texts.js';

const OPERATOR_KINDS = new Set<string>(['operator-list', 'union-list', 'broadcast']);
const LIST_KINDS = new Set<string>(['list', 'operator-list', 'union-list']);
const MAP_KINDS = new Set<string>(['map', 'broadcast']);

/** Writes the entries of one state as JSON lines: the object of `json-mapping`, its fields in that order. */
export class LineWriter {
  /** What every line of the state begins with. */
  private readonly head: string;
  private readonly keyed: boolean;
  private readonly isList: boolean;
  private readonly isMap: boolean;
  private readonly texts: ValueTexts;

  /** `typed`: the serializer formats, when numbers are to keep their Flink type. */
  constructor(state: State, typed?: readonly SnapshotFormat[]) {
    const { operator } = state;
    const head = { uid: operator.uid ?? null, operatorId: operator.id, kind: state.kind, state: state.name };
    this.head = JSON.stringify(head).slice(0, -1);
    this.keyed = !OPERATOR_KINDS.has(state.kind);
    this.isList = LIST_KINDS.has(state.kind);
    this.isMap = MAP_KINDS.has(state.kind);
    this.texts = valueTexts(state, typed);
  }

  /** One line for the whole entry, without a line end. */
  line(entry: StateEntry): string {
    const { value, ttl } = entry;
    const place = this.place(entry);
    if (this.isMap && value instanceof MapValue) {
      const pairs = this.pairs(value, ttl);
      const times = Array.isArray(ttl) ? pairs.map(({ time }) => time!) : ttl;
      const list = `[${pairs.map(({ text }) => text).join(',')}]`;
      return `${place},"value":${this.texts.sorted ? list : `{"map":${list}}`}${ttlText(times)}}`;
    }
    const text = this.isList && Array.isArray(value) ? this.listText(value) : this.texts.value(value);
    return `${place},"value":${text}${ttlText(ttl)}}`;
  }

  /** As `--flatten` writes it: a line for each list element (`index`) or map entry (`userKey`); else the one line. */
  *flatLines(entry: StateEntry): Iterable<string> {
    const place = this.place(entry);
    const { value, ttl } = entry;
    if (this.isList && Array.isArray(value)) {
      const times = Array.isArray(ttl) ? (ttl as readonly bigint[]) : [];
      for (const [i, element] of value.entries()) {
        yield `${place},"index":${i},"value":${this.texts.element(element)}${ttlText(times[i])}}`;
      }
    } else if (this.isMap && value instanceof MapValue) {
      for (const { userKey, element, time } of this.pairs(value, ttl)) {
        yield `${place},"userKey":${userKey},"value":${element}${ttlText(time)}}`;
      }
    } else {
      yield this.line(entry);
    }
  }

  private place(entry: StateEntry): string {
    const where = this.keyed ? `"keyGroup":${entry.keyGroup ?? null}` : `"subtask":${entry.subtask}`;
    const key = entry.key === undefined ? 'null' : this.texts.key(entry.key);
    const namespace = entry.namespace === undefined ? 'null' : this.texts.namespace(entry.namespace);
    return `${this.head},${where},"key":${key},"namespace":${namespace}`;
  }

  private listText(elements: readonly unknown[]): string {
    return `[${elements.map(this.texts.element).join(',')}]`;
  }

  /** A map's entries, by their JSON text unless types are written, each with its last access. */
  private pairs({ entries }: MapValue, ttl: bigint | readonly bigint[] | undefined): Pair[] {
    const pairs = entries.map(([key, value], i): Pair => {
      const userKey = this.texts.userKey(key);
      const element = this.texts.element(value);
      const time = typeof ttl === 'bigint' ? ttl : ttl?.[i];
      return { userKey, element, text: `[${userKey},${element}]`, time };
    });
    if (!this.texts.sorted) return pairs;
    return pairs.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  }
}

/** A map entry as JSON text. */
interface Pair {
  readonly userKey: string;
  readonly element: string;
  readonly text: string;
  readonly time: bigint | undefined;
}

function ttlText(ttl: bigint | readonly bigint[] | undefined): string {
  if (ttl === undefined) return '';
  return `,"ttl":${typeof ttl === 'bigint' ? toJson(ttl) : `[${ttl.map(toJson).join(',')}]`}`;
}
