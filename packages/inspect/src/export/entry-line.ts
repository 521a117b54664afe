import type { State, StateEntry } from '@statewright/savepoint';
import { jsonOrder, MapValue, type SnapshotFormat, toJson } from '@statewright/serializers';
import { type FlatEntry, isListKind, isMapKind, isOperatorKind } from './flat-entries.js';
import { type ValueTexts, valueTexts } from './value-texts.js';

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
    this.keyed = !isOperatorKind(state.kind);
    this.isList = isListKind(state.kind);
    this.isMap = isMapKind(state.kind);
    this.texts = valueTexts(state, typed);
  }

  /** One line for an entry, without a line end. */
  line(entry: FlatEntry): string {
    return `${this.place(entry)}${this.part(entry)},"value":${this.valueText(entry)}${ttlText(orderedTtl(entry, this.texts))}}`;
  }

  private place(entry: StateEntry): string {
    const where = this.keyed ? `"keyGroup":${entry.keyGroup ?? null}` : `"subtask":${entry.subtask}`;
    const key = entry.key === undefined ? 'null' : this.texts.key(entry.key);
    const namespace = entry.namespace === undefined ? 'null' : this.texts.namespace(entry.namespace);
    return `${this.head},${where},"key":${key},"namespace":${namespace}`;
  }

  /** What a flattened entry has more. */
  private part({ index, userKey }: FlatEntry): string {
    if (index !== undefined) return `,"index":${index}`;
    return userKey === undefined ? '' : `,"userKey":${this.texts.userKey(userKey)}`;
  }

  private valueText({ value, index, userKey }: FlatEntry): string {
    if (index !== undefined || userKey !== undefined) return this.texts.element(value);
    if (this.isList && Array.isArray(value)) return `[${value.map(this.texts.element).join(',')}]`;
    if (this.isMap && value instanceof MapValue) return this.mapText(value);
    return this.texts.value(value);
  }

  /** A map by the JSON text of its entries; with types in its own order, which `load-state` takes. */
  private mapText(map: MapValue): string {
    const { userKey, element, sorted } = this.texts;
    const pairs = map.entries.map(([key, value]) => `[${userKey(key)},${element(value)}]`);
    return sorted ? `[${pairs.sort().join(',')}]` : `{"map":[${pairs.join(',')}]}`;
  }
}

/** Last access times in the order of the value's text. */
function orderedTtl({ value, ttl }: FlatEntry, texts: ValueTexts): bigint | readonly bigint[] | undefined {
  if (!texts.sorted || typeof ttl !== 'object' || !(value instanceof MapValue)) return ttl;
  return jsonOrder(value).map((i) => ttl[i]!);
}

function ttlText(ttl: bigint | readonly bigint[] | undefined): string {
  if (ttl === undefined) return '';
  return `,"ttl":${typeof ttl === 'bigint' ? toJson(ttl) : `[${ttl.map(toJson).join(',')}]`}`;
}
