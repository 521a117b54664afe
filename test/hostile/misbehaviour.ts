import { beginCase, type Progress } from './guard.js';

/*
 * What the guard is there to find.
 */

/** Never ends. */
export async function hangs(_: unknown, progress: Progress): Promise<never> {
  beginCase(progress, 'the case that hangs');
  for (;;);
}

/** Takes 300 MB that are no part of the heap. */
export async function eatsMemory(_: unknown, progress: Progress): Promise<number> {
  beginCase(progress, 'the case that eats');
  const bytes = new Uint8Array(300 << 20).fill(1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  return bytes.length;
}

/** Fails as code does that trusts its input. */
export async function trusts(_: unknown, progress: Progress): Promise<unknown> {
  beginCase(progress, 'the case that trusts');
  return (undefined as unknown as { field: unknown }).field;
}
