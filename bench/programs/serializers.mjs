/*
 * Decoding speed of one core, without files, by CPU time. Prints one line of JSON.
 * Usage: serializers.mjs [SECONDS_A_CASE [BYTES_A_CASE]]
 */
import { DataInputView, DataOutputView } from '@statewright/bytes';
import { compileCodec, MapValue, RecordValue, toJson } from '@statewright/serializers';

const SECONDS = Number(process.argv[2] ?? 2);
const BYTES = Number(process.argv[3] ?? 16 << 20);
const BASE = 'org.apache.flink.api.common.typeutils.base.';
const span = { file: '', start: 0, end: 0 };

function simple(name) {
  const className = `${BASE}${name}Serializer$${name}SerializerSnapshot`;
  return { className, version: 3, nested: [], serializerClass: undefined, span };
}

function composite(className, outerVersion, outer, nested) {
  return { className, version: 3, outerVersion, outer, nested, span };
}

const tuple = (nested) =>
  composite('org.apache.flink.api.java.typeutils.runtime.TupleSerializerSnapshot', 2, 'Tuple', nested);
const list = (element) => composite(`${BASE}ListSerializerSnapshot`, 1, undefined, [element]);
const map = (key, value) => composite(`${BASE}MapSerializerSnapshot`, 1, undefined, [key, value]);

function pojo(pojoClass, fields) {
  const entries = fields.map(([name, value]) => ({
    name,
    key: { declaringClass: pojoClass, fieldName: name },
    value,
  }));
  return {
    className: 'org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot',
    version: 2,
    pojoClass,
    fields: entries,
    registeredSubclasses: [],
    otherSubclasses: [],
    nested: fields.map(([, value]) => value),
    span,
  };
}

let seed = 1;
function random(below) {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return seed % below;
}

function text(length) {
  let made = '';
  for (let i = 0; i < length; i++) made += String.fromCharCode(97 + random(26));
  return made;
}

const ACCOUNT = pojo('bench.Account', [
  ['active', simple('Boolean')],
  ['amount', simple('Double')],
  ['city', simple('String')],
  ['count', simple('Int')],
  ['id', simple('Long')],
  ['name', simple('String')],
  ['note', simple('String')],
  ['updated', simple('Long')],
]);
const SHAPE = { className: 'bench.Account', names: ACCOUNT.fields.map(({ name }) => name) };

function account() {
  const id = BigInt(random(1 << 30)) << 20n;
  return new RecordValue(SHAPE, [
    random(2) === 1,
    random(1e9) / 100,
    text(8),
    random(1e6),
    id,
    text(14),
    text(20 + random(20)),
    1700000000000n + id,
  ]);
}

const CASES = [
  ['POJO of 8 fields (3 strings)', ACCOUNT, account],
  [
    'map of 5 (string to double)',
    map(simple('String'), simple('Double')),
    () => new MapValue(Array.from({ length: 5 }, () => [text(10), random(1e6) / 7])),
  ],
  ['tuple of long, string', tuple([simple('Long'), simple('String')]), () => [BigInt(random(1e9)), text(12)]],
  ['list of 10 longs', list(simple('Long')), () => Array.from({ length: 10 }, () => BigInt(random(1e9)))],
  ['list of 5 POJOs', list(ACCOUNT), () => Array.from({ length: 5 }, account)],
  ['string of 12', simple('String'), () => text(12)],
  ['string of 40', simple('String'), () => text(40)],
  ['string of 400', simple('String'), () => text(400)],
  ['string of 12, not ASCII', simple('String'), () => `é${text(11)}`],
];

function fill(codec, make) {
  const output = new DataOutputView(BYTES + 4096);
  let count = 0;
  while (output.length < BYTES) {
    codec.write(output, make());
    count++;
  }
  return { bytes: output.toBytes(), count };
}

function run(bytes, once) {
  const input = new DataInputView(bytes);
  let passes = 0;
  const start = process.cpuUsage();
  let took = 0;
  while (took < SECONDS) {
    input.pos = 0;
    while (input.pos < input.limit) once(input);
    passes++;
    took = process.cpuUsage(start).user / 1e6;
  }
  return { passes, took };
}

function result(label, bytes, count, { passes, took }) {
  return { label, seconds: took, bytes: bytes.length * passes, values: count * passes };
}

const results = [];
for (const [label, snapshot, make] of CASES) {
  const codec = compileCodec(snapshot);
  const { bytes, count } = fill(codec, make);
  const works = [[label, codec.read]];
  if (snapshot === ACCOUNT) {
    works.push([`${label}, skip`, codec.skip], [`${label}, to JSON`, (input) => toJson(codec.read(input))]);
  }
  for (const [name, once] of works) {
    run(bytes, once);
    results.push(result(name, bytes, count, run(bytes, once)));
  }
}
console.log(JSON.stringify(results));
