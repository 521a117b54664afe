/*
 * A serializer of the user's own, for `--snapshot`: the job writes hundredths of a degree as a long, and its snapshot holds
 * nothing but its class and version. The Java side is fixtures/generator's CelsiusSerializer.
 */
export const celsius = {
  classNames: ['dev.statewright.fixtures.jobs.zoo.CelsiusSerializer$Snapshot'],
  versions: [3],
  read(input, { className, version, start }) {
    return { className, version, span: input.spanFrom(start), nested: [] };
  },
  write() {},
  describe() {
    return {
      type: 'celsius',
      class: 'dev.statewright.fixtures.jobs.zoo.Celsius',
      serializer: 'CelsiusSerializer',
    };
  },
  codec() {
    return {
      length: 8,
      delimited: true,
      read: (input) => Number(input.readLong('hundredths of a degree')) / 100,
      write: (output, degrees) => output.writeLong(BigInt(Math.round(degrees * 100))),
      skip: (input) => input.skip(8),
    };
  },
};
