import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { DataInputView, StatewrightError } from '@statewright/bytes';
import { compileKryoReader, type KryoGeneration, parseLayout } from '@statewright/migrate';
import { type KryoSnapshot, readSerializerSnapshot } from '@statewright/serializers';

/** A value that real Flink wrote, see fixtures/generator/kryo.sh. */
export interface KryoCase {
  readonly id: string;
  readonly generation: KryoGeneration;
  readonly kind: 'PLAIN' | 'WRITTEN_ONLY' | 'UNORDERED' | 'REFUSED';
  readonly layout: string;
  readonly snapshot: KryoSnapshot;
  readonly bytes: Uint8Array;
  /** As Java's reflection prints it. */
  readonly value: unknown;
}

type Line = Omit<KryoCase, 'snapshot' | 'bytes' | 'generation'> & { snapshot: string; bytes: string };

export const KRYO_LINES: readonly (readonly [flink: string, generation: KryoGeneration])[] = [
  ['1.20', 2],
  ['2.3', 5],
];

/** The cases of a Flink line. */
export function kryoCases(flink: string, generation: KryoGeneration): readonly KryoCase[] {
  const file = new URL(`../../../fixtures/kryo/flink${flink}.ndjson`, import.meta.url);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((text) => {
    const line = JSON.parse(text) as Line;
    const snapshot = readSerializerSnapshot(new DataInputView(Buffer.from(line.snapshot, 'base64')));
    const bytes = Buffer.from(line.bytes, 'base64');
    return { ...line, generation, snapshot: snapshot as KryoSnapshot, bytes };
  });
}

/** The layouts of a text. */
export function layoutsOf(text: string) {
  return parseLayout(text, (offset, reason) => {
    const at = { file: 'layout', line: 1, column: offset + 1 };
    return new StatewrightError('BAD_DOCUMENT', { at, reason });
  }).layouts;
}

/** The reader of a case. */
export function readerOf({ generation, snapshot, layout }: KryoCase) {
  return compileKryoReader({ generation, snapshot, layouts: layoutsOf(layout) });
}
