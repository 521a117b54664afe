import static org.apache.flink.table.api.DataTypes.FIELD;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RawValueData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.binary.BinaryRowData;
import org.apache.flink.table.data.writer.BinaryRowWriter;
import org.apache.flink.table.dataview.NullAwareMapSerializer;
import org.apache.flink.table.runtime.operators.window.CountWindow;
import org.apache.flink.table.runtime.operators.window.TimeWindow;
import org.apache.flink.table.runtime.typeutils.ArrayDataSerializer;
import org.apache.flink.table.runtime.typeutils.BinaryRowDataSerializer;
import org.apache.flink.table.runtime.typeutils.ExternalSerializer;
import org.apache.flink.table.runtime.typeutils.InternalSerializers;
import org.apache.flink.table.runtime.typeutils.LinkedListSerializer;
import org.apache.flink.table.runtime.typeutils.MapDataSerializer;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.runtime.typeutils.SortedMapSerializer;
import org.apache.flink.table.runtime.typeutils.WindowKeySerializer;
import org.apache.flink.table.runtime.util.WindowKey;
import org.apache.flink.table.types.logical.*;
import org.apache.flink.types.RowKind;

/**
 * Makes the SQL fixtures with Flink's own serializers: NAME.snapshot, NAME.data (values one after the other), NAME.json
 * (one a line in the mapping of json-mapping) and NAME.hash (their hashCode after reading them back, one a line).
 * Run: java -cp (flink-table-runtime, flink-table-api-java, flink-table-common, flink-core ...) TableFixtures.java DIRECTORY
 */
public class TableFixtures {
    private static Path directory;

    public static void main(String[] args) throws Exception {
        directory = Path.of(args[0]);
        Files.createDirectories(directory);
        scalars();
        nested();
        topLevel();
        reservedNulls();
        raw();
        named();
        collections();
    }

    private static <T> void write(String name, TypeSerializer<T> serializer, List<? extends T> values, List<String> json)
            throws Exception {
        DataOutputSerializer data = new DataOutputSerializer(64);
        StringBuilder hashes = new StringBuilder();
        for (T value : values) {
            int start = data.length();
            serializer.serialize(value, data);
            byte[] own = Arrays.copyOfRange(data.getCopyOfBuffer(), start, data.length());
            hashes.append(serializer.deserialize(new DataInputDeserializer(own)).hashCode()).append('\n');
        }
        DataOutputSerializer snapshot = new DataOutputSerializer(64);
        snapshot.writeInt(2);
        TypeSerializerSnapshot.writeVersionedSnapshot(snapshot, serializer.snapshotConfiguration());
        Files.write(directory.resolve(name + ".snapshot"), snapshot.getCopyOfBuffer());
        Files.write(directory.resolve(name + ".data"), data.getCopyOfBuffer());
        Files.writeString(directory.resolve(name + ".json"), String.join("\n", json) + "\n");
        Files.writeString(directory.resolve(name + ".hash"), hashes.toString());
    }

    private static void rows(String name, LogicalType[] types, RowData... rows) throws Exception {
        RowDataSerializer serializer = new RowDataSerializer(types);
        write(name, serializer, Arrays.asList(rows), Arrays.stream(rows).map(row -> row(row, types, null)).toList());
    }

    // ------------------------------------------------------------------ the fixtures

    private static final LogicalType STRING = new VarCharType(VarCharType.MAX_LENGTH);

    private static void scalars() throws Exception {
        LogicalType[] types = {
            new CharType(3), STRING, new VarCharType(20), new BooleanType(), new BinaryType(4), new VarBinaryType(9),
            new DecimalType(10, 2), new DecimalType(18, 18), new DecimalType(19, 0), new DecimalType(38, 10),
            new TinyIntType(), new SmallIntType(), new IntType(), new BigIntType(), new FloatType(), new DoubleType(),
            new DateType(), new TimeType(3), new TimestampType(0), new TimestampType(3), new TimestampType(4),
            new TimestampType(9), new LocalZonedTimestampType(3), new LocalZonedTimestampType(6),
            new YearMonthIntervalType(YearMonthIntervalType.YearMonthResolution.YEAR_TO_MONTH),
            new DayTimeIntervalType(DayTimeIntervalType.DayTimeResolution.DAY_TO_SECOND),
            new IntType(false)
        };
        TimestampData nanos = TimestampData.fromEpochMillis(-1, 999_999);
        TimestampData millis = TimestampData.fromEpochMillis(1_700_000_000_123L);
        rows("scalars", types,
            row("abc", "", "seven b", true, bytes(4), bytes(7), dec("12345678.90", 10, 2), dec("-0.000000000000000001", 18, 18),
                dec("-9999999999999999999", 19, 0), dec("1234567890123456789012345678.0123456789", 38, 10),
                (byte) -128, (short) -32768, Integer.MIN_VALUE, Long.MIN_VALUE, Float.MIN_VALUE, -0.0, -719528, 86399999,
                TimestampData.fromEpochMillis(0), millis, nanos, nanos, millis, nanos, -14, -86400000L, 7),
            row("\u00e9\u4e16", "exactly8", "longer than seven bytes", false, bytes(0), bytes(8), dec("0.00", 10, 2),
                dec("0", 18, 18), dec("0", 19, 0), dec("-0.0000000001", 38, 10), (byte) 127, (short) 32767,
                Integer.MAX_VALUE, Long.MAX_VALUE, Float.NaN, Double.NaN, 2932896, 0, TimestampData.fromEpochMillis(-62135596800000L),
                TimestampData.fromEpochMillis(253402300799999L), TimestampData.fromEpochMillis(1, 100_000), nanos, millis,
                TimestampData.fromEpochMillis(5, 1_000), 14, Long.MAX_VALUE, 8),
            kind(RowKind.UPDATE_BEFORE, row(IntStream.range(0, 27).mapToObj(i -> i == 26 ? (Object) 9 : null).toArray())),
            kind(RowKind.DELETE, row("", "\u0000", "\ufeff" + "x".repeat(100), true, bytes(9), bytes(1), null, null, null, null,
                (byte) 0, (short) 0, 0, 0L, Float.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0, 1, null, null, null, null,
                null, null, 0, 0L, 10)));
    }

    private static void nested() throws Exception {
        RowType inner = RowType.of(
                new LogicalType[] {new IntType(), STRING, new ArrayType(new BigIntType())}, new String[] {"id", "name", "__proto__"});
        StructuredType structured = StructuredType.newBuilder(ObjectIdentifier.of("cat", "db", "Point"))
                .attributes(List.of(new StructuredType.StructuredAttribute("x", new DoubleType()),
                        new StructuredType.StructuredAttribute("y", new DoubleType()))).build();
        LogicalType distinct = DistinctType.newBuilder(ObjectIdentifier.of("cat", "db", "Cents"), new DecimalType(20, 2)).build();
        LogicalType[] types = {
            inner, new ArrayType(new BooleanType()), new ArrayType(new SmallIntType()), new ArrayType(new FloatType()),
            new ArrayType(STRING), new ArrayType(inner), new ArrayType(new DecimalType(30, 3)), new ArrayType(new TimestampType(9)),
            new MapType(STRING, new MapType(new IntType(), STRING)), new MultisetType(STRING), structured, new ArrayType(distinct),
            new ArrayType(new ArrayType(new TinyIntType()))
        };
        GenericRowData a = row(1, "one", array(1L, null, 3L));
        GenericRowData b = kind(RowKind.UPDATE_AFTER, row(null, null, array()));
        rows("nested", types,
            row(a, array(true, null, false), array((short) 1, (short) -1, null), array(1.5f, Float.NaN, null),
                array("", "seven b", "longer than that", null), array(a, b, null), array(dec("1.000", 30, 3), null),
                array(TimestampData.fromEpochMillis(7, 8), null),
                map("k", map(1, "v", 2, null), "longer than seven", map(), "n", null), map("m", 2, "n", 1), row(1.0, -2.5),
                null, array(array((byte) 1), array(), null)),
            row(b, array(), array(), array(), array(), array(), array(), array(), map(), map(), row(null, null), null, array()),
            row(new Object[13]));
    }

    private static void topLevel() throws Exception {
        LogicalType decimals = new ArrayType(new DecimalType(30, 2));
        List<ArrayData> arrays = List.of(array("a", null, "longer than seven bytes"), array());
        write("array", new ArrayDataSerializer(STRING), arrays, arrays.stream().map(v -> array(v, STRING)).toList());
        List<MapData> maps = List.of(map("a", array(dec("1.25", 30, 2), null), "b", null), map());
        write("map", new MapDataSerializer(STRING, decimals), maps, maps.stream().map(v -> map(v, STRING, decimals)).toList());
        for (LogicalType type : new LogicalType[] {new DecimalType(10, 2), new DecimalType(30, 2)}) {
            int precision = ((DecimalType) type).getPrecision();
            List<DecimalData> values = List.of(dec("12.34", precision, 2), dec("-0.01", precision, 2));
            write("decimal-" + precision, InternalSerializers.<DecimalData>create(type), values, text(values));
        }
        for (int precision : new int[] {3, 6}) {
            List<TimestampData> values = List.of(TimestampData.fromEpochMillis(1), TimestampData.fromEpochMillis(-1, precision == 3 ? 0 : 5000));
            write("timestamp-" + precision, InternalSerializers.<TimestampData>create(new TimestampType(precision)), values,
                    values.stream().map(v -> value(v, new TimestampType(precision))).toList());
        }
        List<StringData> strings = List.of(text(""), text("\u00e9\u4e16\ud83d\ude00"), StringData.fromBytes(new byte[] {(byte) 0xc3, 0x28, 1}));
        write("string", InternalSerializers.<StringData>create(STRING), strings, List.of(quote(""), quote("\u00e9\u4e16\ud83d\ude00"), quote("c32801")));
    }

    /** Generated code keeps the place of a null decimal or timestamp; here it is written as that code does. */
    private static void reservedNulls() throws Exception {
        LogicalType distinct = DistinctType.newBuilder(ObjectIdentifier.of("cat", "db", "Cents"), new DecimalType(20, 2)).build();
        LogicalType[] types = {new DecimalType(38, 2), new TimestampType(9), distinct, STRING};
        List<BinaryRowData> rows = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            BinaryRowData row = new BinaryRowData(4);
            BinaryRowWriter writer = new BinaryRowWriter(row);
            writer.writeRowKind(RowKind.INSERT);
            writer.writeDecimal(0, i == 0 ? null : dec("1.50", 38, 2), 38);
            writer.writeTimestamp(1, i == 0 ? null : TimestampData.fromEpochMillis(1, 2), 9);
            writer.writeDecimal(2, i == 0 ? null : dec("2.50", 20, 2), 20);
            writer.writeString(3, text("after what is reserved"));
            writer.complete();
            rows.add(row);
        }
        write("reserved-nulls", new RowDataSerializer(types), rows, rows.stream().map(row -> row(row, types, null)).toList());
        write("binary-row", new BinaryRowDataSerializer(4), rows, List.of("null", "null"));
    }

    private static void raw() throws Exception {
        RawType<Long> longs = new RawType<>(Long.class, LongSerializer.INSTANCE);
        RawType<String> strings = new RawType<>(String.class, StringSerializer.INSTANCE);
        LogicalType[] types = {longs, strings, new ArrayType(longs)};
        RowDataSerializer serializer = new RowDataSerializer(types);
        List<RowData> rows = List.of(
                row(RawValueData.fromObject((1L << 53) + 1), RawValueData.fromObject("raw"), array()), row(new Object[3]));
        write("raw", serializer, rows, List.of("[\"9007199254740993\",\"raw\",[]]", "[null,null,null]"));
        List<RowData> inArray = List.of(row(null, null, array(RawValueData.fromObject(7L))));
        write("raw-in-array", serializer, inArray, List.of("null"));
    }

    private static void named() throws Exception {
        ExternalSerializer<RowData, RowData> external = ExternalSerializer.of(
                DataTypes.ROW(FIELD("count", DataTypes.BIGINT()), FIELD("name", DataTypes.STRING()))
                        .bridgedTo(RowData.class),
                true);
        List<RowData> rows = List.of(row(3L, "x"), row(null, null));
        write("external", external, rows, List.of("{\"count\":3,\"name\":\"x\"}", "{\"count\":null,\"name\":null}"));
    }

    private static void collections() throws Exception {
        LinkedList<Integer> list = new LinkedList<>(Arrays.asList(1, null, 3, null, null, 6, 7, 8, null, 10));
        write("linked-list", new LinkedListSerializer<>(IntSerializer.INSTANCE), List.of(list, new LinkedList<>()),
                List.of("[1,null,3,null,null,6,7,8,null,10]", "[]"));
        write("linked-list-without-mask", new LinkedListSerializer<>(IntSerializer.INSTANCE, false),
                List.of(new LinkedList<>(List.of(1, 2))), List.of("[1,2]"));
        TreeMap<String, Integer> sorted = new TreeMap<>(Map.of("a", 1, "b", 2));
        sorted.put("c", null);
        write("sorted-map", new SortedMapSerializer<>(new Reversed(), StringSerializer.INSTANCE, IntSerializer.INSTANCE),
                List.of(sorted), List.of("[[\"a\",1],[\"b\",2],[\"c\",null]]"));
        Map<String, Integer> nulls = new LinkedHashMap<>();
        nulls.put(null, 1);
        nulls.put("b", null);
        write("null-aware-map", new NullAwareMapSerializer<>(StringSerializer.INSTANCE, IntSerializer.INSTANCE), List.of(nulls),
                List.of("[[\"b\",null],[null,1]]"));
        List<TimeWindow> windows = List.of(TimeWindow.of(0, 10), TimeWindow.of(-5, Long.MAX_VALUE), TimeWindow.of(1700000000000L, 1700000060000L));
        write("time-window", new TimeWindow.Serializer(), windows, List.of("{\"start\":0,\"end\":10}",
                "{\"start\":-5,\"end\":\"9223372036854775807\"}", "{\"start\":1700000000000,\"end\":1700000060000}"));
        write("count-window", new CountWindow.Serializer(), List.of(new CountWindow(5)), List.of("5"));
        write("window-key", new WindowKeySerializer(new RowDataSerializer(STRING)), List.of(new WindowKey(60_000, row("k"))),
                List.of("{\"window\":60000,\"key\":[\"k\"]}"));
    }

    private static final class Reversed implements Comparator<String>, java.io.Serializable {
        @Override
        public int compare(String a, String b) {
            return b.compareTo(a);
        }
    }

    // ------------------------------------------------------------------ values

    private static GenericRowData row(Object... fields) {
        GenericRowData row = new GenericRowData(fields.length);
        for (int i = 0; i < fields.length; i++) row.setField(i, internal(fields[i]));
        return row;
    }

    private static GenericRowData kind(RowKind kind, GenericRowData row) {
        row.setRowKind(kind);
        return row;
    }

    private static GenericArrayData array(Object... elements) {
        return new GenericArrayData(Arrays.stream(elements).map(TableFixtures::internal).toArray());
    }

    private static GenericMapData map(Object... keysAndValues) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) map.put(internal(keysAndValues[i]), internal(keysAndValues[i + 1]));
        return new GenericMapData(map);
    }

    private static Object internal(Object value) {
        return value instanceof String s ? text(s) : value;
    }

    private static StringData text(String text) {
        return StringData.fromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> text(List<?> values) {
        return values.stream().map(value -> quote(value.toString())).toList();
    }

    private static DecimalData dec(String text, int precision, int scale) {
        return DecimalData.fromBigDecimal(new BigDecimal(text), precision, scale);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte) (i * 37 - 1);
        return bytes;
    }

    // ------------------------------------------------------------------ the mapping

    private static String row(RowData row, LogicalType[] types, List<String> names) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            String field = value(RowData.createFieldGetter(types[i], i).getFieldOrNull(row), types[i]);
            fields.add(names == null ? field : quote(names.get(i)) + ":" + field);
        }
        String kind = row.getRowKind() == RowKind.INSERT ? "" : "\"@kind\":" + quote(row.getRowKind().shortString());
        String all = String.join(",", fields);
        if (names != null) return "{" + kind + (kind.isEmpty() || all.isEmpty() ? "" : ",") + all + "}";
        return kind.isEmpty() ? "[" + all + "]" : "{" + kind + ",\"fields\":[" + all + "]}";
    }

    private static String array(ArrayData array, LogicalType type) {
        ArrayData.ElementGetter getter = ArrayData.createElementGetter(type);
        return IntStream.range(0, array.size())
                .mapToObj(i -> value(getter.getElementOrNull(array, i), type))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String map(MapData map, LogicalType keyType, LogicalType valueType) {
        ArrayData.ElementGetter keys = ArrayData.createElementGetter(keyType);
        ArrayData.ElementGetter values = ArrayData.createElementGetter(valueType);
        return IntStream.range(0, map.size())
                .mapToObj(i -> "[" + value(keys.getElementOrNull(map.keyArray(), i), keyType) + ","
                        + value(values.getElementOrNull(map.valueArray(), i), valueType) + "]")
                .sorted()
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String value(Object value, LogicalType type) {
        if (value == null) return "null";
        if (value instanceof byte[] bytes) return quote(HexFormat.of().formatHex(bytes));
        if (value instanceof Long number) return Math.abs((double) number) < 0x1p53 ? number.toString() : quote(number.toString());
        if (value instanceof Float || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            return Double.isNaN(number) || Double.isInfinite(number) ? quote("" + number) : "" + number;
        }
        if (value instanceof TimestampData timestamp) return quote(timestamp.toLocalDateTime().toString());
        if (value instanceof StringData || value instanceof DecimalData) return quote(value.toString());
        if (value instanceof RowData row) {
            List<String> names = type instanceof RowType rowType
                    ? rowType.getFieldNames()
                    : ((StructuredType) type).getAttributes().stream().map(a -> a.getName()).toList();
            return row(row, type.getChildren().toArray(new LogicalType[0]), names);
        }
        if (value instanceof ArrayData array) return array(array, type.getChildren().get(0));
        if (value instanceof MapData map) {
            LogicalType valueType = type instanceof MapType mapType ? mapType.getValueType() : new IntType(false);
            return map(map, type.getChildren().get(0), valueType);
        }
        return value.toString();
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\';
            quoted.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return quoted.append('"').toString();
    }
}
