import type { Make } from './fields.js';
import type { JdkObjectRow } from './jdk-objects.js';

/** Flink has Tuple1 to Tuple25. */
const MOST = 25;

/** Flink's tuples, which are objects like any other to Kryo, and arrays when decoded. Flink 1.20 and 2.3. */
export const FLINK_TUPLES: readonly JdkObjectRow[] = Array.from({ length: MOST }, (_, i) => tuple(i + 1));

function tuple(arity: number): JdkObjectRow {
  const positions = Array.from({ length: arity }, (_, i) => i);
  const parameters = positions.map((i) => `T${i}`).join(', ');
  const fields = positions.map((i) => `f${i}: T${i}`).join(', ');
  const layout = `org.apache.flink.api.java.tuple.Tuple${arity}<${parameters}> { ${fields} }`;
  return { layout, generations: [2, 5], make: inOrder(positions) };
}

/** The values come sorted by the fields' names: f0, f1, f10, f11, ... */
function inOrder(positions: readonly number[]): Make {
  const sorted = positions.map((i) => `f${i}`).sort();
  const places = positions.map((i) => sorted.indexOf(`f${i}`));
  return (values) => places.map((at) => values[at]);
}
