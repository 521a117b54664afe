import path from 'node:path';
import process from 'node:process';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { timed } from '../lib/measure.mjs';

const PROGRAM = 'bench/programs/serializers.mjs';

export const codecs = {
  id: 'codecs',
  title: 'serializers alone: decoding from memory, one core, by CPU time',
  async measure(_savepoint, { quick }) {
    const args = quick ? ['0.01', '4096'] : [];
    const { output } = await timed(process.execPath, [path.join(ROOT, PROGRAM), ...args]);
    const rows = JSON.parse(output).map(({ label, seconds, bytes, values }) => ({
      id: label,
      label,
      entriesPerSecond: values / seconds,
      bytesPerSecond: bytes / seconds,
    }));
    return { rows, ratios: [], notes: [`entries are values; node ${PROGRAM}`] };
  },
};
