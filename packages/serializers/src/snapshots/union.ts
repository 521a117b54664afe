import { choiceCodec, eitherVariant } from '../choice.js';
import { compositeFormat } from '../composite.js';
import { describeEither } from './either.js';

/**
 * The two inputs of a CoGroup. Value: `i8 1` and the first's element, or `i8 2` and the second's.
 * Follows `org.apache.flink.streaming.api.datastream.CoGroupedStreams.UnionSerializerSnapshot`, Flink 1.20 and 2.3.
 */
export const UNION = compositeFormat({
  classNames: ['org.apache.flink.streaming.api.datastream.CoGroupedStreams$UnionSerializerSnapshot'],
  notes: {
    type: 'either',
    serializer: 'UnionSerializer',
    flink: '1.8-2.3',
    values: 'EitherValue, left is one',
  },
  outerVersions: [1, 2],
  arity: 2,
  describe: (snapshot, describe) =>
    describeEither(
      'org.apache.flink.streaming.api.datastream.CoGroupedStreams$TaggedUnion',
      'UnionSerializer',
      snapshot.nested,
      describe,
    ),
  codec(snapshot, compiler) {
    const one = compiler.compile(snapshot.nested[0]!, 'one');
    const two = compiler.compile(snapshot.nested[1]!, 'two');
    return choiceCodec([eitherVariant(1, 'left', one), eitherVariant(2, 'right', two)], 'UnionSerializer');
  },
});
