import { type SerializerSnapshot, SNAPSHOT_FORMATS, type SnapshotFormat } from '@statewright/serializers';
import type { TypeForm, TypePrinter } from './form.js';
import { anySerializerDoc } from './forms/any-serializer.js';
import { TYPE_FORMS } from './forms/index.js';
import { unpaddedNullable } from './forms/with-class.js';
import { type Doc, flat, layOut } from './layout.js';

/** What a printer may know beside the snapshot. */
export interface PrintOptions {
  /** A name that stands for a snapshot in place of its own text; undefined for none. Asked from the outside in. */
  reference?(snapshot: SerializerSnapshot): string | undefined;
  /** What the whole job has registered with Kryo, an entry a text, so that types need not say it. */
  readonly kryo?: readonly string[] | undefined;
  /** Formats of serializers beside Flink's own. */
  readonly formats?: readonly SnapshotFormat[] | undefined;
}

const BY_CLASS: ReadonlyMap<string, readonly TypeForm[]> = byClass();

function byClass(): Map<string, TypeForm[]> {
  const forms = new Map<string, TypeForm[]>();
  for (const form of TYPE_FORMS) {
    for (const className of form.classNames) {
      forms.set(className, [...(forms.get(className) ?? []), form]);
    }
  }
  return forms;
}

/** The snapshot in the short type syntax on one line; `parseType` gives it back, in the form of the newest release. */
export function printType(snapshot: SerializerSnapshot, options: PrintOptions = {}): string {
  return flat(typeDoc(snapshot, options));
}

/** As `printType`, in lines where it is long; `indent` columns are taken already. The lines hold no tabs. */
export function printTypeLines(
  snapshot: SerializerSnapshot,
  options: PrintOptions = {},
  indent = 0,
): string[] {
  const text = layOut(typeDoc(snapshot, options), indent);
  return text.split('\n').map((line, i) => (i === 0 ? line : line.slice(indent)));
}

/** As `printType`, with the snapshot's own text even if it has a name. */
export function printDefinition(snapshot: SerializerSnapshot, options: PrintOptions = {}): string[] {
  const { reference } = options;
  if (reference === undefined) return printTypeLines(snapshot, options);
  const inner = (one: SerializerSnapshot) => (one === snapshot ? undefined : reference(one));
  return printTypeLines(snapshot, { ...options, reference: inner });
}

function typeDoc(snapshot: SerializerSnapshot, options: PrintOptions): Doc {
  const plainType = (one: SerializerSnapshot): Doc =>
    options.reference?.(one) ?? ownDoc(one, options, printer);
  const type = (one: SerializerSnapshot): Doc => {
    const inner = unpaddedNullable(one);
    return inner === undefined ? plainType(one) : [type(inner), '?'];
  };
  const printer: TypePrinter = {
    kryo: options.kryo ?? [],
    type,
    plainType,
    types: (snapshots) => snapshots.map(type),
  };
  return type(snapshot);
}

function ownDoc(snapshot: SerializerSnapshot, options: PrintOptions, printer: TypePrinter): Doc {
  if (!('unreadable' in snapshot)) {
    for (const form of BY_CLASS.get(snapshot.className) ?? []) {
      const doc = form.print(snapshot, printer);
      if (doc !== undefined) return doc;
    }
  }
  return anySerializerDoc(snapshot, options.formats ?? SNAPSHOT_FORMATS);
}
