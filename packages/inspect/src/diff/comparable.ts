import { DataOutputView } from '@statewright/bytes';
import type { State, StateKind } from '@statewright/savepoint';
import {
  type Codec,
  compileCodec,
  type SerializerSnapshot,
  type SnapshotFormat,
  writeSerializerSnapshot,
} from '@statewright/serializers';
import { opaqueParts } from '../opaque-parts.js';
import { innerSerializers, namespaceSerializerOf } from '../state-serializers.js';
import { typeText } from '../type-text.js';
import { bytesLayout, type KeyCodecs, type KeyLayout, textLayout } from './key-layout.js';
import type { DiffSide, StatePair } from './pair-states.js';

/** How the entries of a state look as rows. Kinds of one form can be compared. */
export type Form = 'plain' | 'list' | 'map' | 'timer' | 'elements' | 'broadcast';

const FORMS: { readonly [kind in StateKind]: Form } = {
  value: 'plain',
  reducing: 'plain',
  aggregating: 'plain',
  folding: 'plain',
  unknown: 'plain',
  list: 'list',
  map: 'map',
  timer: 'timer',
  'operator-list': 'elements',
  'union-list': 'elements',
  broadcast: 'broadcast',
};

/** The form of a state's entries. */
export function formOf(state: State): Form {
  return FORMS[state.kind];
}

/** How the entries of two sides are brought together. */
export type Pairing =
  /** By key. */
  | { readonly how: 'joined'; readonly layout: KeyLayout }
  /** Not at all: what one side has was removed or added. Each side has its own keys. */
  | { readonly how: 'apart'; readonly old: KeyLayout | undefined; readonly new: KeyLayout | undefined }
  /** Not at all, and nobody can tell what became of them. */
  | { readonly how: 'counted'; readonly why: string };

/** How the entries of a pair of states can be compared. */
export function pairingOf({ old, new: now, unsure }: StatePair, before: DiffSide, after: DiffSide): Pairing {
  if (unsure !== undefined) return { how: 'counted', why: unsure };
  if (old === undefined || now === undefined || formOf(old) !== formOf(now)) {
    return { how: 'apart', old: ownLayout(old, before), new: ownLayout(now, after) };
  }
  const parts = keyParts(old).map((part, i) => ({ ...part, other: keyParts(now)[i]!.snapshot }));
  const [oldFormats, newFormats] = [before.savepoint.formats, after.savepoint.formats];
  const unlike = parts.filter(
    ({ snapshot, other }) => !sameSnapshot(snapshot, oldFormats, other, newFormats),
  );
  if (unlike.length === 0) return { how: 'joined', layout: ownLayout(old, before)! };
  for (const { name, snapshot, other } of unlike) {
    const why = incomparable(name, snapshot, before, other, after);
    if (why !== undefined) return { how: 'counted', why };
  }
  return { how: 'joined', layout: textLayout(old.kind === 'timer') };
}

interface KeyPart {
  readonly name: 'key' | 'namespace' | 'user key';
  readonly snapshot: SerializerSnapshot | undefined;
}

function keyParts(state: State): KeyPart[] {
  const form = formOf(state);
  if (form === 'elements') return [];
  const { userKey } = innerSerializers(state);
  if (form === 'broadcast') return [{ name: 'user key', snapshot: userKey }];
  const parts: KeyPart[] = [
    { name: 'key', snapshot: state.keySerializer },
    { name: 'namespace', snapshot: namespaceSerializerOf(state) },
  ];
  return form === 'map' ? [...parts, { name: 'user key', snapshot: userKey }] : parts;
}

/** The layout of one side's keys alone; as text where a serializer is not known. */
function ownLayout(state: State | undefined, { savepoint }: DiffSide): KeyLayout | undefined {
  if (state === undefined) return undefined;
  const parts = keyParts(state);
  const timer = state.kind === 'timer';
  if (parts.some(({ snapshot }) => snapshot === undefined)) return textLayout(timer);
  const codecOf = (name: KeyPart['name']): Codec | undefined => {
    const snapshot = parts.find((part) => part.name === name)?.snapshot;
    return snapshot === undefined ? undefined : compileCodec(snapshot, { formats: savepoint.formats });
  };
  const codecs: KeyCodecs = {
    key: codecOf('key'),
    namespace: codecOf('namespace'),
    userKey: codecOf('user key'),
  };
  return bytesLayout(codecs, timer);
}

/** Whether two serializers are stored as the same bytes: then equal values are equal bytes. */
export function sameSnapshot(
  a: SerializerSnapshot | undefined,
  aFormats: readonly SnapshotFormat[],
  b: SerializerSnapshot | undefined,
  bFormats: readonly SnapshotFormat[],
): boolean {
  if (a === undefined || b === undefined) return a === b;
  return Buffer.compare(storedBytes(a, aFormats), storedBytes(b, bFormats)) === 0;
}

function storedBytes(snapshot: SerializerSnapshot, formats: readonly SnapshotFormat[]): Uint8Array {
  const output = new DataOutputView();
  writeSerializerSnapshot(output, snapshot, formats);
  return output.toBytes();
}

/** Why values of two serializers cannot be told to be equal; undefined where their types are the same and known. */
function incomparable(
  name: KeyPart['name'],
  a: SerializerSnapshot | undefined,
  before: DiffSide,
  b: SerializerSnapshot | undefined,
  after: DiffSide,
): string | undefined {
  const what = `the ${name} serializers differ`;
  if (a === undefined || b === undefined) return `${what}: only one side tells its own`;
  const [old, now] = [before.describe(a), after.describe(b)];
  const [oldText, newText] = [typeText(old), typeText(now)];
  if (oldText !== newText) return `${what}: ${oldText} is now ${newText}`;
  const opaque = opaqueParts(old, name)[0] ?? opaqueParts(now, name)[0];
  return opaque === undefined ? undefined : `${what}, and nothing tells what is in ${oldText}: ${opaque.why}`;
}
