import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.api.common.typeutils.base.CharSerializer;
import org.apache.flink.api.common.typeutils.base.DoubleSerializer;
import org.apache.flink.api.common.typeutils.base.FloatSerializer;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.scala.typeutils.EitherSerializer;
import org.apache.flink.api.scala.typeutils.OptionSerializer;
import org.apache.flink.api.scala.typeutils.ScalaCaseClassSerializer;
import org.apache.flink.api.scala.typeutils.TrySerializer;
import org.apache.flink.api.scala.typeutils.UnitSerializer;
import scala.Option;
import scala.Some;
import scala.Tuple2;
import scala.Tuple3;
import scala.runtime.BoxedUnit;
import scala.util.Left;
import scala.util.Right;
import scala.util.Success;

/** What flink-scala has; SerializerFixtures calls it when it is there. */
public class ScalaFixtures implements SerializerFixtures.Group {
    @Override
    public void add() throws Exception {
        tuple(LongSerializer.INSTANCE, 5L, "5");
        tuple(LongSerializer.INSTANCE, -1L, "-1");
        tuple(LongSerializer.INSTANCE, 1L << 40, "1099511627776");
        tuple(LongSerializer.INSTANCE, -(1L << 40) - 7, "-1099511627783");
        tuple(DoubleSerializer.INSTANCE, 2.0, "2");
        tuple(DoubleSerializer.INSTANCE, -0.0, "-0.0");
        tuple(DoubleSerializer.INSTANCE, 1e12, "1000000000000");
        tuple(DoubleSerializer.INSTANCE, 0.5, "0.5");
        tuple(DoubleSerializer.INSTANCE, 0.1, "0.1");
        tuple(DoubleSerializer.INSTANCE, 1e300, "1e+300");
        tuple(DoubleSerializer.INSTANCE, Double.NaN, "\"NaN\"");
        tuple(FloatSerializer.INSTANCE, 2.0f, "2");
        tuple(FloatSerializer.INSTANCE, 1e12f, "999999995904");
        tuple(FloatSerializer.INSTANCE, 0.5f, "0.5");
        tuple(FloatSerializer.INSTANCE, Float.NEGATIVE_INFINITY, "\"-Infinity\"");
        tuple(IntSerializer.INSTANCE, -7, "-7");
        tuple(BooleanSerializer.INSTANCE, true, "true");
        tuple(CharSerializer.INSTANCE, 'c', "\"c\"");
        TypeSerializer<?>[] inner = {tupleOf(LongSerializer.INSTANCE), StringSerializer.INSTANCE, LongSerializer.INSTANCE};
        @SuppressWarnings({"unchecked", "rawtypes"})
        ScalaCaseClassSerializer<Tuple3> nested = new ScalaCaseClassSerializer(Tuple3.class, inner);
        SerializerFixtures.add("scala.Tuple3", nested, new Tuple3<>(new Tuple2<>("k", 3L), "x", 4L), "[[\"k\",3],\"x\",4]");
        OptionSerializer<String> options = new OptionSerializer<>(StringSerializer.INSTANCE);
        SerializerFixtures.plain("scala.Option", options, Option.empty(), "null");
        SerializerFixtures.plain("scala.Option", options, new Some<>("s"), "\"s\"");
        SerializerFixtures.plain("scala.Option", options, new Some<>(null), "{\"value\":null}");
        EitherSerializer<?, ?> eithers = new EitherSerializer<>(StringSerializer.INSTANCE, LongSerializer.INSTANCE);
        SerializerFixtures.plain("scala.Either", eithers, new Left<>("l"), "{\"left\":\"l\"}");
        SerializerFixtures.plain("scala.Either", eithers, new Right<>(2L), "{\"right\":2}");
        SerializerFixtures.plain("scala.Unit", new UnitSerializer(), BoxedUnit.UNIT, "null");
    }

    private static <T> ScalaCaseClassSerializer<?> tupleOf(TypeSerializer<T> second) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        ScalaCaseClassSerializer<?> made =
                new ScalaCaseClassSerializer(Tuple2.class, new TypeSerializer<?>[] {StringSerializer.INSTANCE, second});
        return made;
    }

    @SuppressWarnings("unchecked")
    private static <T> void tuple(TypeSerializer<T> serializer, T value, String json) throws Exception {
        TypeSerializer<Object> tuples = (TypeSerializer<Object>) (TypeSerializer<?>) tupleOf(serializer);
        SerializerFixtures.add("scala.Tuple2", tuples, new Tuple2<>("key", value), "[\"key\"," + json + "]");
    }
}
