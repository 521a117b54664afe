import { readFileSync } from 'node:fs';

/** One value that real Flink wrote, see java/SerializerFixtures.java. */
export interface FlinkValue {
  readonly name: string;
  readonly flink: string;
  readonly snapshot: Uint8Array;
  readonly data: Uint8Array;
  /** `hashCode()` in that JVM, for classes that define it by their contents. */
  readonly hash: number | null;
  /** The JSON that the value is shown as; null for opaque ones. */
  readonly json: string | null;
}

/** The lines of releases that have written values; Scala's serializers are a module of 1.x. */
export const FLINK_LINES = ['1.20', '2.3', '1.20-scala'] as const;

/** The values that one line of Flink releases wrote. */
export function flinkValues(flink: (typeof FLINK_LINES)[number]): FlinkValue[] {
  const url = new URL(`../../serializers/fixtures/serializers-${flink}.ndjson`, import.meta.url);
  return readFileSync(url, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const raw = JSON.parse(line) as {
        name: string;
        snapshot: string;
        data: string;
        hash: number;
        json: string;
      };
      return { ...raw, flink, snapshot: fromHex(raw.snapshot), data: fromHex(raw.data) };
    });
}

/** The values of all lines that have a name. */
export function valuesNamed(name: string): FlinkValue[] {
  const found = FLINK_LINES.flatMap((line) => flinkValues(line)).filter((value) => value.name === name);
  if (found.length === 0) throw new Error(`no value is named ${name}`);
  return found;
}

export function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
