import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.VoidSerializer;
import org.apache.flink.api.java.tuple.Tuple0;
import org.apache.flink.api.java.tuple.Tuple1;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.api.java.typeutils.EnumTypeInfo;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.apache.flink.api.java.typeutils.ValueTypeInfo;
import org.apache.flink.api.java.typeutils.runtime.NullableSerializer;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.DeweyNumber;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.NFAStateSerializer;
import org.apache.flink.cep.nfa.sharedbuffer.EventId;
import org.apache.flink.cep.nfa.sharedbuffer.Lockable;
import org.apache.flink.cep.nfa.sharedbuffer.NodeId;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferEdge;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNode;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferNodeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.ttl.TtlStateFactory;
import org.apache.flink.runtime.state.ttl.TtlValue;
import org.apache.flink.streaming.api.operators.TimerHeapInternalTimer;
import org.apache.flink.streaming.api.operators.TimerSerializer;
import org.apache.flink.streaming.api.watermark.InternalWatermark;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.api.windowing.windows.GlobalWindow;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributesBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamElement;
import org.apache.flink.streaming.runtime.streamrecord.StreamElementSerializer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.types.BooleanValue;
import org.apache.flink.types.ByteValue;
import org.apache.flink.types.CharValue;
import org.apache.flink.types.DoubleValue;
import org.apache.flink.types.Either;
import org.apache.flink.types.FloatValue;
import org.apache.flink.types.IntValue;
import org.apache.flink.types.LongValue;
import org.apache.flink.types.NullValue;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.types.ShortValue;
import org.apache.flink.types.StringValue;

/**
 * Makes serializers-LINE.ndjson: one value a line with the snapshot and the bytes that Flink's own serializer writes,
 * the hash code, and the JSON that it is shown as (written down here, by hand).
 * Run by make.sh.
 */
public class SerializerFixtures {
    public enum Color { RED, GREEN, BLUE }

    public static class Address {
        public String street;
        public int number;

        public Address() {}

        Address(String street, int number) {
            this.street = street;
            this.number = number;
        }
    }

    public static class Person {
        public int age;
        public Address address;
        public Long balance;
        public Color color;
        public String name;
        public long[] scores;

        public Person() {}
    }

    public static class Manager extends Person {
        public String title;
    }

    /** Its list is of a generic type, so that Kryo writes it. */
    public static class Basket {
        public int before;
        public Object goods;
        public String later;
        public Long zero;
    }

    private static PrintStream out;

    public static void main(String[] args) throws Exception {
        out = new PrintStream(args[0], StandardCharsets.UTF_8);
        if (!args[1].equals("ScalaFixtures")) {
            common();
        }
        if (!args[1].equals("SerializerFixtures")) {
            group(args[1]);
        }
        out.close();
    }

    private static void common() throws Exception {
        primitives();
        strings();
        bigNumbers();
        times();
        valueTypes();
        arrays();
        collections();
        products();
        pojos();
        runtime();
    }

    /** A group of values that not every class path has. */
    interface Group {
        void add() throws Exception;
    }

    private static void group(String name) throws Exception {
        ((Group) Class.forName(name).getDeclaredConstructor().newInstance()).add();
    }

    private static <T> TypeSerializer<T> of(TypeInformation<T> type) {
        return type.createSerializer(new SerializerConfigImpl());
    }

    /** Hash codes of classes that define one by their contents. */
    static <T> void add(String name, TypeSerializer<T> serializer, T value, String json) throws Exception {
        Integer hash = value == null || json == null ? null : (Integer) value.hashCode();
        line(name, serializer, value, json, hash);
    }

    @SuppressWarnings("unchecked")
    static void plain(String name, TypeSerializer<?> serializer, Object value, String json) throws Exception {
        line(name, (TypeSerializer<Object>) serializer, value, json, null);
    }

    private static <T> void line(String name, TypeSerializer<T> serializer, T value, String json, Integer hash)
            throws Exception {
        DataOutputSerializer data = new DataOutputSerializer(64);
        serializer.serialize(value, data);
        line(name, snapshot(serializer), data, json, hash);
    }

    private static void line(String name, String snapshot, DataOutputSerializer data, String json, Integer hash) {
        out.printf(
                "{\"name\":\"%s\",\"snapshot\":\"%s\",\"data\":\"%s\",\"hash\":%s,\"json\":%s}%n",
                name, snapshot, hex(data), hash, json == null ? "null" : quote(json));
    }

    private static String snapshot(TypeSerializer<?> serializer) throws Exception {
        DataOutputSerializer bytes = new DataOutputSerializer(256);
        bytes.writeInt(2);
        TypeSerializerSnapshot.writeVersionedSnapshot(bytes, serializer.snapshotConfiguration());
        return hex(bytes);
    }

    private static String hex(DataOutputSerializer bytes) {
        return HexFormat.of().formatHex(bytes.getCopyOfBuffer());
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static void primitives() throws Exception {
        add("boolean", of(Types.BOOLEAN), true, "true");
        add("boolean", of(Types.BOOLEAN), false, "false");
        add("byte", of(Types.BYTE), (byte) -128, "-128");
        add("short", of(Types.SHORT), (short) -32768, "-32768");
        add("int", of(Types.INT), Integer.MIN_VALUE, "-2147483648");
        add("int", of(Types.INT), Integer.MAX_VALUE, "2147483647");
        for (long value : new long[] {0, -1, 1L << 32, 9007199254740992L, -9007199254740992L}) {
            add("long", of(Types.LONG), value, Long.toString(value));
        }
        for (long value : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 9007199254740993L, -9007199254740993L}) {
            add("long", of(Types.LONG), value, "\"" + value + "\"");
        }
        add("float", of(Types.FLOAT), 0.1f, "0.10000000149011612");
        add("float", of(Types.FLOAT), -0.0f, "-0.0");
        add("float", of(Types.FLOAT), Float.NaN, "\"NaN\"");
        add("double", of(Types.DOUBLE), 0.1, "0.1");
        add("double", of(Types.DOUBLE), 0.0, "0");
        add("double", of(Types.DOUBLE), -0.0, "-0.0");
        add("double", of(Types.DOUBLE), 1e300, "1e+300");
        add("double", of(Types.DOUBLE), Double.NaN, "\"NaN\"");
        add("double", of(Types.DOUBLE), Double.POSITIVE_INFINITY, "\"Infinity\"");
        add("double", of(Types.DOUBLE), Double.NEGATIVE_INFINITY, "\"-Infinity\"");
        add("char", of(Types.CHAR), 'x', "\"x\"");
        add("char", of(Types.CHAR), '\ud800', "\"\\ud800\"");
        plain("void", VoidSerializer.INSTANCE, null, "null");
    }

    private static void strings() throws Exception {
        TypeSerializer<String> serializer = of(Types.STRING);
        plain("string", serializer, null, "null");
        add("string", serializer, "", "\"\"");
        add("string", serializer, "a\u00e9\u4e16\ud83d\ude00", "\"a\u00e9\u4e16\ud83d\ude00\"");
        add("string", serializer, "\ud800x\udc00", "\"\\ud800x\\udc00\"");
        add("string", serializer, "quote \" back \\ bell \u0007 line \u2028", "\"quote \\\" back \\\\ bell \\u0007 line \u2028\"");
        for (int length : new int[] {31, 32, 33, 126, 127, 128, 5000}) {
            add("string", serializer, "x".repeat(length), "\"" + "x".repeat(length) + "\"");
            add("string", serializer, "\u00e9".repeat(length), "\"" + "\u00e9".repeat(length) + "\"");
        }
        add("string", serializer, "x".repeat(16383), "\"" + "x".repeat(16383) + "\"");
        String mixed = "abc\uffff".repeat(1500);
        add("string", serializer, mixed, "\"" + mixed + "\"");
    }

    private static void bigNumbers() throws Exception {
        TypeSerializer<BigInteger> integers = of(Types.BIG_INT);
        for (String text : List.of("-5", "0", "1", "127", "128", "-128", "-129", "123456789012345678901234567890", "-18446744073709551616")) {
            add("BigInteger", integers, new BigInteger(text), "\"" + text + "\"");
        }
        add("BigInteger constant", integers, BigInteger.ZERO, "\"0\"");
        add("BigInteger constant", integers, BigInteger.valueOf(10), "\"10\"");
        plain("BigInteger", integers, null, "null");
        TypeSerializer<BigDecimal> decimals = of(Types.BIG_DEC);
        for (String text :
                List.of("12.34", "-0.00", "0E+3", "1E+3", "1.23E-7", "0.000001", "1E-7", "-1234567890123456789012345678.90",
                        "9223372036854775807", "-9223372036854775808", "9223372036854775808.5", "100", "1.0E+100")) {
            add("BigDecimal", decimals, new BigDecimal(text), "\"" + new BigDecimal(text) + "\"");
        }
        add("BigDecimal constant", decimals, BigDecimal.ZERO, "\"0\"");
        add("BigDecimal constant", decimals, new BigDecimal("1.0").setScale(0), "\"1\"");
        plain("BigDecimal", decimals, null, "null");
    }

    private static void times() throws Exception {
        for (long millis : new long[] {1580382960123L, 0, -1, -62167219200001L, 253402300800000L}) {
            Date date = new Date(millis);
            add("Date", of(BasicTypeInfo.DATE_TYPE_INFO), date, text(date.toInstant()));
        }
        plain("Date", of(BasicTypeInfo.DATE_TYPE_INFO), null, "null");
        add("sql.Date", of(Types.SQL_DATE), new java.sql.Date(1580382960000L), "{\"Date\":1580382960000}");
        add("sql.Time", of(Types.SQL_TIME), new java.sql.Time(82960123L), "{\"Time\":82960123}");
        java.sql.Timestamp timestamp = new java.sql.Timestamp(1580382960123L);
        timestamp.setNanos(123456789);
        add("sql.Timestamp", of(Types.SQL_TIMESTAMP), timestamp, "{\"Timestamp\":1580382960123,\"nanos\":123456789}");
        plain("sql.Timestamp", of(Types.SQL_TIMESTAMP), null, "null");
        for (String instant :
                List.of("1970-01-01T00:00:00Z", "2020-02-29T12:34:56.789Z", "1969-12-31T23:59:59.999999999Z",
                        "+12345-01-01T00:00:00.000001Z", "-0001-12-31T00:00:00Z")) {
            add("Instant", of(Types.INSTANT), Instant.parse(instant), text(instant));
        }
        add("Instant", of(Types.INSTANT), Instant.MIN, text(Instant.MIN));
        add("Instant", of(Types.INSTANT), Instant.MAX, text(Instant.MAX));
        plain("Instant", of(Types.INSTANT), null, "null");
        for (String date : List.of("2020-02-29", "0000-01-01", "-0005-03-04", "-12345-12-31", "+12345-06-07")) {
            add("LocalDate", of(Types.LOCAL_DATE), LocalDate.parse(date), text(date));
        }
        plain("LocalDate", of(Types.LOCAL_DATE), null, "null");
        for (String time : List.of("00:00", "12:34:56", "23:59:59.999999999", "01:02:03.004", "01:00:00.000005")) {
            add("LocalTime", of(Types.LOCAL_TIME), LocalTime.parse(time), text(time));
        }
        plain("LocalTime", of(Types.LOCAL_TIME), null, "null");
        for (String both : List.of("2020-02-29T00:00", "-0005-03-04T12:34:56.789")) {
            add("LocalDateTime", of(Types.LOCAL_DATE_TIME), LocalDateTime.parse(both), text(both));
        }
        plain("LocalDateTime", of(Types.LOCAL_DATE_TIME), null, "null");
    }

    private static String text(Object value) {
        return "\"" + value + "\"";
    }

    private static void valueTypes() throws Exception {
        add("BooleanValue", of(ValueTypeInfo.BOOLEAN_VALUE_TYPE_INFO), new BooleanValue(true), "true");
        add("ByteValue", of(ValueTypeInfo.BYTE_VALUE_TYPE_INFO), new ByteValue((byte) -7), "-7");
        add("ShortValue", of(ValueTypeInfo.SHORT_VALUE_TYPE_INFO), new ShortValue((short) 300), "300");
        add("IntValue", of(ValueTypeInfo.INT_VALUE_TYPE_INFO), new IntValue(-70000), "-70000");
        add("LongValue", of(ValueTypeInfo.LONG_VALUE_TYPE_INFO), new LongValue(-5000000000L), "-5000000000");
        add("FloatValue", of(ValueTypeInfo.FLOAT_VALUE_TYPE_INFO), new FloatValue(2.5f), "2.5");
        add("DoubleValue", of(ValueTypeInfo.DOUBLE_VALUE_TYPE_INFO), new DoubleValue(-2.25), "-2.25");
        add("CharValue", of(ValueTypeInfo.CHAR_VALUE_TYPE_INFO), new CharValue('\u4e16'), "\"\u4e16\"");
        for (String text : List.of("", "abc", "\u4e16".repeat(200), "x".repeat(128))) {
            add("StringValue", of(ValueTypeInfo.STRING_VALUE_TYPE_INFO), new StringValue(text), text(text));
        }
        add("NullValue", of(ValueTypeInfo.NULL_VALUE_TYPE_INFO), NullValue.getInstance(), "null");
    }

    private static void arrays() throws Exception {
        plain("boolean[]", of(Types.PRIMITIVE_ARRAY(Types.BOOLEAN)), new boolean[] {true, false}, "[true,false]");
        plain("byte[]", of(Types.PRIMITIVE_ARRAY(Types.BYTE)), new byte[] {0, -1, 127}, "\"00ff7f\"");
        plain("char[]", of(Types.PRIMITIVE_ARRAY(Types.CHAR)), new char[] {'a', '\u4e16'}, "[\"a\",\"\u4e16\"]");
        plain("short[]", of(Types.PRIMITIVE_ARRAY(Types.SHORT)), new short[] {-1, 2}, "[-1,2]");
        plain("int[]", of(Types.PRIMITIVE_ARRAY(Types.INT)), new int[] {}, "[]");
        plain("long[]", of(Types.PRIMITIVE_ARRAY(Types.LONG)), new long[] {Long.MIN_VALUE}, "[\"-9223372036854775808\"]");
        plain("float[]", of(Types.PRIMITIVE_ARRAY(Types.FLOAT)), new float[] {0.5f}, "[0.5]");
        plain("double[]", of(Types.PRIMITIVE_ARRAY(Types.DOUBLE)), new double[] {0.1}, "[0.1]");
        plain("String[]", of(BasicArrayTypeInfo.STRING_ARRAY_TYPE_INFO), new String[] {"a", null, ""}, "[\"a\",null,\"\"]");
        plain("Long[]", of(BasicArrayTypeInfo.LONG_ARRAY_TYPE_INFO), new Long[] {1L, null}, "[1,null]");
        Tuple2<String, Integer>[] tuples = new Tuple2[] {Tuple2.of("a", 1), null};
        plain("Tuple2[]", of(Types.OBJECT_ARRAY(Types.TUPLE(Types.STRING, Types.INT))), tuples, "[[\"a\",1],null]");
    }

    private static void collections() throws Exception {
        add("List", of(Types.LIST(Types.LONG)), new ArrayList<>(List.of(1L, -2L, 1L << 40)), "[1,-2,1099511627776]");
        add("List", of(Types.LIST(Types.LONG)), new ArrayList<>(), "[]");
        add("List of String", of(Types.LIST(Types.STRING)), new ArrayList<>(Arrays.asList("a", null)), "[\"a\",null]");
        add("List of NullValue", of(Types.LIST(ValueTypeInfo.NULL_VALUE_TYPE_INFO)),
                new ArrayList<>(Collections.nCopies(5, NullValue.getInstance())), "[null,null,null,null,null]");
        add("List of VoidNamespace", new ListSerializer<>(VoidNamespaceSerializer.INSTANCE),
                new ArrayList<>(List.of(VoidNamespace.INSTANCE)), "[null]");
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("zeta", 1);
        map.put("alpha", null);
        map.put("a\u00e9", -3);
        add("Map", of(Types.MAP(Types.STRING, Types.INT)), map, "[[\"alpha\",null],[\"a\u00e9\",-3],[\"zeta\",1]]");
        plain("Map of lists", new MapSerializer<>(LongSerializer.INSTANCE, new ListSerializer<>(StringSerializer.INSTANCE)),
                new LinkedHashMap<>(Map.of(7L, List.of("x", "y"))), "[[7,[\"x\",\"y\"]]]");
        TypeSerializer<Object> kryo = of(Types.GENERIC(Object.class));
        plain("List of Kryo", new ListSerializer<>(kryo), new ArrayList<>(List.of("one", "two", "three")), null);
        plain("empty List of Kryo", new ListSerializer<>(kryo), new ArrayList<>(), "[]");
        plain("Map to Kryo", new MapSerializer<>(StringSerializer.INSTANCE, kryo),
                new LinkedHashMap<>(Map.of("k", "v")), null);
    }

    private static void products() throws Exception {
        add("Tuple0", of(new TupleTypeInfo<>(Tuple0.class)), Tuple0.INSTANCE, "[]");
        add("Tuple1", of(Types.TUPLE(Types.STRING)), Tuple1.of("k"), "[\"k\"]");
        add("Tuple2", of(Types.TUPLE(Types.STRING, Types.LONG)), Tuple2.of("k", 1L), "[\"k\",1]");
        add("Tuple2 with null", of(Types.TUPLE(Types.STRING, Types.LONG)), Tuple2.of(null, 1L), "[null,1]");
        add("Tuple3", of(Types.TUPLE(Types.BOOLEAN, Types.DOUBLE, Types.TUPLE(Types.INT, Types.CHAR))),
                Tuple3.of(true, -0.5, Tuple2.of(3, 'c')), "[true,-0.5,[3,\"c\"]]");
        TypeSerializer<Row> row = of(Types.ROW(Types.INT, Types.STRING));
        add("Row", row, Row.of(1, "x"), "[1,\"x\"]");
        add("Row", row, Row.ofKind(RowKind.DELETE, null, "z"), "{\"@kind\":\"-D\",\"fields\":[null,\"z\"]}");
        add("Row", row, Row.ofKind(RowKind.UPDATE_BEFORE, 1, null), "{\"@kind\":\"-U\",\"fields\":[1,null]}");
        add("Row", row, Row.ofKind(RowKind.UPDATE_AFTER, 1, "y"), "{\"@kind\":\"+U\",\"fields\":[1,\"y\"]}");
        TypeInformation<?>[] nine = new TypeInformation<?>[9];
        Arrays.fill(nine, Types.LONG);
        add("Row of 9", of(Types.ROW(nine)), Row.of(null, 1L, 2L, 3L, 4L, 5L, null, 7L, null), "[null,1,2,3,4,5,null,7,null]");
        add("Row in Row", of(Types.ROW(Types.ROW(Types.INT), Types.TUPLE(Types.INT))),
                Row.of(Row.of(5), Tuple1.of(6)), "[[5],[6]]");
        add("Either", of(new EitherTypeInfo<>(Types.STRING, Types.LONG)), Either.Left("l"), "{\"left\":\"l\"}");
        add("Either", of(new EitherTypeInfo<>(Types.STRING, Types.LONG)), Either.Right(9L), "{\"right\":9}");
        plain("Enum", of(new EnumTypeInfo<>(Color.class)), Color.BLUE, "\"BLUE\"");
        plain("Nullable", NullableSerializer.wrap(LongSerializer.INSTANCE, false), 5L, "5");
        plain("Nullable", NullableSerializer.wrap(LongSerializer.INSTANCE, false), null, "null");
        plain("Nullable padded", NullableSerializer.wrap(LongSerializer.INSTANCE, true), 5L, "5");
        plain("Nullable padded", NullableSerializer.wrap(LongSerializer.INSTANCE, true), null, "null");
        TypeSerializer<Tuple2<Object, Long>> kryoFirst = of(Types.TUPLE(Types.GENERIC(Object.class), Types.LONG));
        plain("Tuple2 with Kryo first", kryoFirst, Tuple2.of("payload", 7L), null);
    }

    private static Person person(Person person) {
        person.age = 30;
        person.address = new Address("Main", 5);
        person.balance = 1L << 60;
        person.color = Color.GREEN;
        person.name = "Ann";
        person.scores = new long[] {1, 2};
        return person;
    }

    private static final String ANN =
            "\"address\":{\"number\":5,\"street\":\"Main\"},\"age\":30,\"balance\":\"1152921504606846976\","
                    + "\"color\":\"GREEN\",\"name\":\"Ann\",\"scores\":[1,2]";
    private static final String NOBODY =
            "{\"address\":null,\"age\":0,\"balance\":null,\"color\":null,\"name\":null,\"scores\":null}";

    private static void pojos() throws Exception {
        plain("Pojo", of(Types.POJO(Person.class)), person(new Person()), "{" + ANN + "}");
        plain("Pojo with nulls", of(Types.POJO(Person.class)), new Person(), NOBODY);
        plain("null Pojo", of(Types.POJO(Person.class)), null, "null");
        Manager manager = new Manager();
        person(manager).name = "Ann";
        manager.title = "Head";
        String json = "{\"@class\":\"SerializerFixtures$Manager\"," + ANN + ",\"title\":\"Head\"}";
        plain("Pojo subclass", of(Types.POJO(Person.class)), manager, json);
        SerializerConfigImpl registered = new SerializerConfigImpl();
        registered.registerPojoType(Manager.class);
        plain("Pojo registered subclass", Types.POJO(Person.class).createSerializer(registered), manager, json);
        TypeSerializer<Person> early = of(Types.POJO(Person.class));
        String snapshot = snapshot(early);
        DataOutputSerializer data = new DataOutputSerializer(64);
        early.serialize(manager, data);
        line("Pojo subclass after the snapshot", snapshot, data, null, null);
        Basket basket = new Basket();
        basket.before = 1;
        basket.goods = "payload";
        basket.later = "later";
        basket.zero = 0L;
        plain("Pojo with Kryo", of(Types.POJO(Basket.class)), basket, null);
        basket.goods = null;
        plain("Pojo with null Kryo", of(Types.POJO(Basket.class)), basket,
                "{\"before\":1,\"goods\":null,\"later\":\"later\",\"zero\":0}");
    }

    private static void runtime() throws Exception {
        TypeSerializer<TimeWindow> windows = new TimeWindow.Serializer();
        add("TimeWindow", windows, new TimeWindow(-1000, 1580382960123L), "{\"start\":-1000,\"end\":1580382960123}");
        add("GlobalWindow", new GlobalWindow.Serializer(), GlobalWindow.get(), "{\"window\":\"global\"}");
        add("VoidNamespace", VoidNamespaceSerializer.INSTANCE, VoidNamespace.INSTANCE, "null");
        TypeSerializer<StreamElement> elements = new StreamElementSerializer<>(StringSerializer.INSTANCE);
        plain("StreamElement", elements, new StreamRecord<>("e", 5L), "{\"timestamp\":5,\"value\":\"e\"}");
        plain("StreamElement", elements, new StreamRecord<>("e"), "{\"value\":\"e\"}");
        plain("StreamElement", elements, new Watermark(77), "{\"timestamp\":77}");
        plain("StreamElement", elements, new LatencyMarker(1, new OperatorID(3, 2), 4),
                "{\"markedTime\":1,\"operatorIdLowerPart\":3,\"operatorIdUpperPart\":2,\"subtaskIndex\":4}");
        plain("StreamElement", elements, new RecordAttributesBuilder(List.of()).setBacklog(true).build(), "{\"backlog\":true}");
        plain("StreamElement", elements, new WatermarkStatus(-1), "{\"status\":-1}");
        plain("StreamElement", elements, new InternalWatermark(9L, 3), "{\"subpartitionIndex\":3,\"timestamp\":9}");
        plain("Ttl", new TtlStateFactory.TtlSerializer<>(LongSerializer.INSTANCE, StringSerializer.INSTANCE),
                new TtlValue<>("v", 1580382960123L), "{\"lastAccess\":1580382960123,\"value\":\"v\"}");
        plain("Timer", new TimerSerializer<>(StringSerializer.INSTANCE, windows),
                new TimerHeapInternalTimer<>(-5L, "k", new TimeWindow(1, 2)),
                "{\"timestamp\":-5,\"key\":\"k\",\"namespace\":{\"start\":1,\"end\":2}}");
        cep();
    }

    private static void cep() throws Exception {
        EventId event = new EventId(3, -4L);
        plain("EventId", EventId.EventIdSerializer.INSTANCE, event, "{\"id\":3,\"timestamp\":-4}");
        NodeId node = new NodeId(event, "page");
        plain("NodeId", new NodeId.NodeIdSerializer(), node, "{\"eventId\":{\"id\":3,\"timestamp\":-4},\"pageName\":\"page\"}");
        plain("NodeId", new NodeId.NodeIdSerializer(), null, "null");
        DeweyNumber version = new DeweyNumber(1).addStage().increase();
        plain("DeweyNumber", DeweyNumber.DeweyNumberSerializer.INSTANCE, version, "{\"deweyNumber\":[1,1]}");
        String states = "{\"currentStateName\":\"s\",\"previousBufferEntry\":%s,\"version\":{\"deweyNumber\":[1,1]},"
                + "\"startTimestamp\":10,\"previousTimestamp\":%d,\"startEventID\":%s}";
        ComputationState begun = ComputationState.createState("s", node, version, 10L, 11L, event);
        ComputationState fresh = ComputationState.createState("s", null, version, 10L, -1L, null);
        String json = "{\"partialMatches\":["
                + String.format(states, "{\"eventId\":{\"id\":3,\"timestamp\":-4},\"pageName\":\"page\"}", 11, "{\"id\":3,\"timestamp\":-4}")
                + "],\"completedMatches\":[" + String.format(states, "null", -1, "null") + "]}";
        PriorityQueue<ComputationState> partial = new PriorityQueue<>(NFAState.COMPUTATION_STATE_COMPARATOR);
        partial.add(begun);
        PriorityQueue<ComputationState> completed = new PriorityQueue<>(NFAState.COMPUTATION_STATE_COMPARATOR);
        completed.add(fresh);
        plain("NFAState", new NFAStateSerializer(), new NFAState(partial, completed), json);
        SharedBufferNode buffer = new SharedBufferNode();
        buffer.addEdge(new SharedBufferEdge(node, version));
        plain("SharedBufferNode", new SharedBufferNodeSerializer(), buffer,
                "{\"edges\":[{\"refCounter\":0,\"element\":{\"target\":{\"eventId\":{\"id\":3,\"timestamp\":-4},"
                        + "\"pageName\":\"page\"},\"deweyNumber\":{\"deweyNumber\":[1,1]}}}]}");
        plain("Lockable", new Lockable.LockableTypeSerializer<>(StringSerializer.INSTANCE),
                new Lockable<>("e", 2), "{\"refCounter\":2,\"element\":\"e\"}");
    }
}
