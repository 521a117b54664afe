import { BigDecimalValue, BigIntegerValue } from '@statewright/serializers';
import { BOXES, isPrimitive } from '../java-types.js';
import type { KryoGeneration, ObjectGraph } from '../object-graph.js';
import { checkSize, readBoolean, readString, readText, readVarInt, readZigZagInt } from '../wire.js';

/** A text, or null. `StringSerializer`, `StringBuilderSerializer`, `CurrencySerializer`, ..., Kryo 2.24 and 5.6. */
export function readNullableText({ input }: ObjectGraph): string | null {
  return readString(input);
}

/** A text that is never null: zone ids, URIs, charsets. */
export function readPlainText({ input }: ObjectGraph): string {
  return readText(input);
}

/** `varint length + 1, or 0 for null; two's complement, big-endian`. `BigIntegerSerializer`, Kryo 2.24 and 5.6. */
export function readBigInteger(graph: ObjectGraph): BigIntegerValue | null {
  const value = readBigNumber(graph);
  return value === undefined ? null : new BigIntegerValue(value);
}

/** A BigInteger, and unless it is null, its scale as a zig-zag varint. `BigDecimalSerializer`, Kryo 2.24 and 5.6. */
export function readBigDecimal(graph: ObjectGraph): BigDecimalValue | null {
  const unscaled = readBigNumber(graph);
  return unscaled === undefined ? null : new BigDecimalValue(unscaled, readZigZagInt(graph.input));
}

function readBigNumber({ input }: ObjectGraph): bigint | undefined {
  const start = input.pos;
  const length = readVarInt(input);
  if (length === 0) return undefined;
  if (length === 1) {
    input.pos = start;
    throw input.error('BAD_LENGTH', 'Kryo value', 'a BigInteger has 0 bytes', 1);
  }
  const bytes = input.readBytes(checkSize(input, start, length - 1), 'Kryo value');
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return BigInt.asIntN(8 * bytes.length, BigInt(`0x${hex}`));
}

/**
 * The name of a class: a class, and a boolean that tells `int` from `java.lang.Integer`. Kryo 2 always writes it, Kryo 5
 * only where it matters. `ClassSerializer`, Kryo 2.24 and 5.6.
 */
export function classNameReader(generation: KryoGeneration): (graph: ObjectGraph) => string | null {
  return (graph) => {
    const type = graph.readClass();
    const twofold = type !== undefined && (isPrimitive(type.name) || type.name === 'void');
    const primitive = generation === 2 || twofold ? readBoolean(graph.input) : false;
    if (type === undefined) return null;
    return twofold && !primitive ? boxOf(type.name) : type.name;
  };
}

function boxOf(name: string): string {
  return BOXES.find(([primitive]) => primitive === name)?.[1] ?? 'java.lang.Void';
}

/** `text pattern`, and in Kryo 5 `varint flags`: only a pattern without flags is a text. `PatternSerializer`. */
export function patternReader(generation: KryoGeneration): (graph: ObjectGraph) => string {
  return (graph) => {
    const pattern = readText(graph.input);
    if (generation === 2) return pattern;
    const start = graph.input.pos;
    const flags = readVarInt(graph.input);
    if (flags === 0) return pattern;
    throw graph.errorAt(start, 'NOT_SUPPORTED', `a pattern has flags ${flags}, which its text does not keep`);
  };
}
