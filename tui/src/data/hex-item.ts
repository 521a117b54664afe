import type { TreeItem } from '../components/tree/tree.js';

const ROW = 16;

/** Bytes as rows of a hex dump: the position of the first, 16 bytes, and what of them is printable ASCII. */
export function hexItem(label: string, bytes: Uint8Array, start: number): TreeItem {
  return {
    label,
    text: () => [],
    count: Math.ceil(bytes.length / ROW),
    child(i) {
      const row = bytes.subarray(i * ROW, (i + 1) * ROW);
      const hex = [...row].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
      const ascii = [...row].map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.'));
      return {
        label: (start + i * ROW).toString(16).padStart(8, '0'),
        text: () => [{ text: hex.padEnd(ROW * 3 - 1) }, { text: `  ${ascii.join('')}`, role: 'dim' }],
        count: 0,
        child: () => never(),
      };
    },
  };
}

function never(): TreeItem {
  throw new RangeError('a row of bytes has no parts');
}
