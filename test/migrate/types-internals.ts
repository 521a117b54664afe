/* What the package does not give away: the parts that conversions of types are made of. */

async function load(module: string): Promise<unknown> {
  return import(new URL(`../../../packages/migrate/dist/types/${module}.js`, import.meta.url).href);
}

export const { scalarFit, canFit, scalarWord } = (await load(
  'fit/scalars',
)) as typeof import('../../packages/migrate/src/types/fit/scalars.js');
export const { Misfit } = (await load(
  'fit/misfit',
)) as typeof import('../../packages/migrate/src/types/fit/misfit.js');
export const { floatingText, shortestFloat } = (await load(
  'fit/decimals',
)) as typeof import('../../packages/migrate/src/types/fit/decimals.js');
export const { resolveAvroValues } = (await load(
  'fit/avro-resolve',
)) as typeof import('../../packages/migrate/src/types/fit/avro-resolve.js');
export const { structureFit } = (await load(
  'fit/structure',
)) as typeof import('../../packages/migrate/src/types/fit/structure.js');
export const { renameSubclasses } = (await load(
  'rename-subclasses',
)) as typeof import('../../packages/migrate/src/types/rename-subclasses.js');
export const { changeType } = (await load(
  'change-type',
)) as typeof import('../../packages/migrate/src/types/change-type.js');
export const { openSafely, rewritten } = (await load(
  'type-change',
)) as typeof import('../../packages/migrate/src/types/type-change.js');
