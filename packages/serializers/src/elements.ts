import type { DataInputView, DataOutputView } from '@statewright/bytes';
import { minLengthOf, readElementCount } from './counts.js';
import type { Codec, CodecCompiler } from './model.js';
import { cannotEncode, followsOpaque, isFollower, mayRunToLimit } from './opaque.js';
import { specializeElements } from './specialize.js';

/** What a boolean before each element means, when there is one. */
export type ElementFlag = 'none' | 'is-null' | 'is-present';

export interface ElementsParts {
  readonly element: Codec;
  readonly flag: ElementFlag;
  readonly serializer: string;
  /** Makes the value of the elements; default: the array itself. */
  finish?(elements: unknown[]): unknown;
  /** The elements of a value, or undefined when it is not of this kind; default: an array's. */
  elementsOf?(value: unknown): readonly unknown[] | undefined;
}

/**
 *     i32 n
 *     n x [bool flag], element
 *
 * Follows `ListSerializer`, `SetSerializer` and `GenericArraySerializer`, Flink 2.1.
 */
export function elementsCodec(compiler: CodecCompiler, parts: ElementsParts): Codec {
  const { element, flag, serializer } = parts;
  const minEach = flag === 'none' ? minLengthOf(element) : 1;
  const open = mayRunToLimit(element);
  const readAll =
    (open ? undefined : specializeElements(compiler, element.read, flag)) ?? elementLoop(element, flag);
  const read = (input: DataInputView) => readAll(input, readElementCount(input, serializer, minEach));
  const { finish } = parts;
  return {
    length: -1,
    delimited: element.delimited,
    mayRunToLimit: open,
    minLength: 4,
    read: finish === undefined ? read : (input) => finish(read(input)),
    write(output, value) {
      const elements = parts.elementsOf === undefined ? arrayOf(value) : parts.elementsOf(value);
      if (elements === undefined) throw cannotEncode(serializer, 'a collection', value);
      writeElements(output, element, flag, elements);
    },
    skip: elementSkipper(element, flag, serializer, minEach),
  };
}

function arrayOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function elementLoop(element: Codec, flag: ElementFlag): (input: DataInputView, count: number) => unknown[] {
  const open = mayRunToLimit(element);
  return (input, count) => {
    const elements: unknown[] = [];
    while (elements.length < count) {
      elements.push(isAbsent(input, flag) ? null : element.read(input));
      if (open && input.openEnd === input.pos) break;
    }
    if (elements.length < count) {
      const follower = followsOpaque(input);
      while (elements.length < count) elements.push(follower);
    }
    return elements;
  };
}

function isAbsent(input: DataInputView, flag: ElementFlag): boolean {
  return flag !== 'none' && input.readBoolean() === (flag === 'is-null');
}

function writeElements(
  output: DataOutputView,
  element: Codec,
  flag: ElementFlag,
  elements: readonly unknown[],
): void {
  output.writeInt(elements.length);
  for (const item of elements) {
    if (isFollower(item)) return;
    if (flag !== 'none') output.writeBoolean((item === null) === (flag === 'is-null'));
    if (item !== null || flag === 'none') element.write(output, item);
  }
}

function elementSkipper(
  element: Codec,
  flag: ElementFlag,
  serializer: string,
  minEach: number,
): (input: DataInputView) => void {
  if (flag === 'none' && element.length >= 0) {
    return (input) => input.skip(readElementCount(input, serializer, minEach) * element.length, serializer);
  }
  const open = mayRunToLimit(element);
  return (input) => {
    const count = readElementCount(input, serializer, minEach);
    for (let i = 0; i < count; i++) {
      if (!isAbsent(input, flag)) element.skip(input);
      if (open && input.openEnd === input.pos) return;
    }
  };
}
