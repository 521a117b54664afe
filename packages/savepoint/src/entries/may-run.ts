import type { Codec } from '@statewright/serializers';

/** Whether a value of this codec may be opaque up to the limit. */
export function mayRunToLimit(codec: Codec): boolean {
  return codec.mayRunToLimit ?? !codec.delimited;
}
