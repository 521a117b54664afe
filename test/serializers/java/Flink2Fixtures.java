import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.BitmapSerializer;
import org.apache.flink.api.common.typeutils.base.SetSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.VariantSerializer;
import org.apache.flink.types.bitmap.Bitmap;
import org.apache.flink.types.variant.Variant;
import org.apache.flink.types.variant.VariantBuilder;

/** What only Flink 2 has; SerializerFixtures calls it when it is there. */
public class Flink2Fixtures implements SerializerFixtures.Group {
    /** Its collections have serializers of their own since Flink 2.0. */
    public static class Holder {
        public List<String> list;
        public Map<String, Integer> map;
        public Set<Long> set;

        public Holder() {}
    }

    @Override
    public void add() throws Exception {
        SetSerializer<String> sets = new SetSerializer<>(StringSerializer.INSTANCE);
        SerializerFixtures.add("Set", sets, new LinkedHashSet<>(Arrays.asList("b", null, "a")), "[\"a\",\"b\",null]");
        Bitmap bitmap = Bitmap.fromArray(new int[] {1, 5, 70000});
        String bytes = HexFormat.of().formatHex(bitmap.toBytes());
        SerializerFixtures.plain("Bitmap", BitmapSerializer.INSTANCE, bitmap, "\"" + bytes + "\"");
        holder();
        variants();
    }

    private static void holder() throws Exception {
        TypeSerializer<Holder> serializer = Types.POJO(Holder.class).createSerializer(new SerializerConfigImpl());
        SerializerFixtures.plain("Pojo with collections", serializer, new Holder(),
                "{\"list\":null,\"map\":null,\"set\":null}");
        Holder holder = new Holder();
        holder.list = List.of("x");
        holder.map = new TreeMap<>(Map.of("k", 1));
        holder.set = Set.of(7L);
        SerializerFixtures.plain("Pojo with collections", serializer, holder,
                "{\"list\":[\"x\"],\"map\":[[\"k\",1]],\"set\":[7]}");
    }

    private static void variants() throws Exception {
        VariantBuilder of = Variant.newBuilder();
        variant(of.ofNull(), "null");
        variant(of.of(true), "true");
        variant(of.of((byte) -1), "-1");
        variant(of.of((short) -300), "-300");
        variant(of.of(70000), "70000");
        variant(of.of(1L << 40), "1099511627776");
        variant(of.of(Long.MIN_VALUE), "\"-9223372036854775808\"");
        variant(of.of(0.1), "0.1");
        variant(of.of(0.5f), "0.5");
        variant(of.of("short"), "\"short\"");
        variant(of.of("\u4e16".repeat(40)), "\"" + "\u4e16".repeat(40) + "\"");
        variant(of.of(new byte[] {1, -1}), "\"01ff\"");
        variant(of.of(new BigDecimal("-1.25")), "\"-1.25\"");
        variant(of.of(new BigDecimal("123456789012.5")), "\"123456789012.5\"");
        variant(of.of(new BigDecimal("-12345678901234567890.25")), "\"-12345678901234567890.25\"");
        variant(of.of(LocalDate.parse("-0005-03-04")), "\"-0005-03-04\"");
        variant(of.of(Instant.parse("1969-12-31T23:59:59.999999Z")), "\"1969-12-31T23:59:59.999999Z\"");
        variant(of.of(LocalDateTime.parse("2020-02-29T12:34:56.789")), "\"2020-02-29T12:34:56.789\"");
        Variant array = of.array().add(of.of(1)).add(of.ofNull()).build();
        variant(of.object().add("z", array).add("__proto__", of.of("p")).build(), "{\"__proto__\":\"p\",\"z\":[1,null]}");
        VariantBuilder.VariantArrayBuilder many = of.array();
        for (int i = 0; i < 300; i++) {
            many.add(of.of("e"));
        }
        variant(many.build(), "[" + "\"e\",".repeat(299) + "\"e\"]");
    }

    private static void variant(Variant value, String json) throws Exception {
        SerializerFixtures.plain("Variant", VariantSerializer.INSTANCE, value, json);
    }
}
