/* What the package does not give away: the parts that steps on entries are made of. */

async function load(module: string): Promise<unknown> {
  return import(new URL(`../../../packages/migrate/dist/${module}.js`, import.meta.url).href);
}

export const { fromJson } = (await load(
  'entries/from-json',
)) as typeof import('../../packages/migrate/src/entries/from-json.js');
export const { parseExact } = (await load(
  'entries/json/parse-exact',
)) as typeof import('../../packages/migrate/src/entries/json/parse-exact.js');
export const { readKafkaSplit } = (await load(
  'entries/kafka-split',
)) as typeof import('../../packages/migrate/src/entries/kafka-split.js');
export const { kafkaConsumer } = (await load(
  'entries/kafka-consumer',
)) as typeof import('../../packages/migrate/src/entries/kafka-consumer.js');
