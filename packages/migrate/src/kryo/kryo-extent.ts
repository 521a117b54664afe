import { type DataInputView, StatewrightError } from '@statewright/bytes';
import type { KryoReaderOptions } from './classes.js';
import { compileKryoReader } from './compile-kryo-reader.js';

/** Where a value ends, as an index of the view, or why that cannot be known. */
export type KryoExtent = { readonly end: number } | { readonly unknown: string };

/**
 * Finds the end of values whose classes are all known without a layout: collections of boxes, texts and the like.
 * The view stands behind the value then, else where it stood. What is wrong with the bytes is an error as in
 * `compileKryoReader`.
 */
export function kryoExtent(
  options: Omit<KryoReaderOptions, 'layouts'>,
): (input: DataInputView) => KryoExtent {
  const read = compileKryoReader({ ...options, layouts: new Map() });
  return (input) => {
    const start = input.pos;
    try {
      read(input);
      return { end: input.pos };
    } catch (error) {
      input.pos = start;
      if (error instanceof StatewrightError && error.code === 'NOT_SUPPORTED')
        return { unknown: error.reason };
      throw error;
    }
  };
}
