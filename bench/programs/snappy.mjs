/*
 * Speed of the snappy framing on the first bytes of a file, by CPU time. Prints one line of JSON.
 * Usage: snappy.mjs FILE [SECONDS_A_CASE [BYTES]]
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { DataOutputView, SnappyFramedDecoder, SnappyFramedEncoder } from '@statewright/bytes';

const [file, secondsText = '2', bytesText = String(16 << 20)] = process.argv.slice(2);
const plain = readFileSync(file).subarray(0, Number(bytesText));

function compress() {
  const output = new DataOutputView(plain.length + 4096);
  const encoder = new SnappyFramedEncoder(output);
  encoder.write(plain);
  encoder.end();
  return output.toBytes();
}

const packed = compress();

function uncompress() {
  const decoder = new SnappyFramedDecoder();
  const blocks = decoder.push(packed);
  decoder.end();
  return blocks;
}

function run(once) {
  const start = process.cpuUsage();
  let passes = 0;
  let took = 0;
  while (took < Number(secondsText)) {
    once();
    passes++;
    took = process.cpuUsage(start).user / 1e6;
  }
  return { seconds: took, bytes: plain.length * passes };
}

const works = [
  ['uncompress', uncompress],
  ['compress', compress],
  ['copy', () => Buffer.from(plain)],
];
const results = works.map(([label, once]) => {
  run(once);
  return { label, ...run(once) };
});
console.log(JSON.stringify({ share: packed.length / plain.length, results }));
