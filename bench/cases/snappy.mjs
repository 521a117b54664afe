import path from 'node:path';
import process from 'node:process';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { timed } from '../lib/measure.mjs';
import { ratio } from '../lib/summary.mjs';

const PROGRAM = 'bench/programs/snappy.mjs';

export const snappy = {
  id: 'snappy',
  title: "snappy framing of the savepoint's first megabytes, one core, by CPU time",
  async measure({ files }, { quick }) {
    const file = files.find((name) => !name.endsWith('_metadata'));
    const args = quick ? ['0.01', '4096'] : [];
    const { output } = await timed(process.execPath, [path.join(ROOT, PROGRAM), file, ...args]);
    const { share, results } = JSON.parse(output);
    const rows = results.map(({ label, seconds, bytes }) => ({
      id: label,
      label,
      bytesPerSecond: bytes / seconds,
    }));
    const size = ratio('size of the compressed, to the plain', share, 'x');
    return { rows, ratios: [size], notes: [`MB/s are of plain bytes; node ${PROGRAM} ${file}`] };
  },
};
