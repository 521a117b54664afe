import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.formats.avro.typeutils.AvroSerializer;

/**
 * Makes the Avro fixtures with Flink's own AvroSerializer: NAME.snapshot as TypeSerializerSnapshotSerializationUtil
 * writes it, NAME.data with the records one after the other, NAME.json with the records in the mapping of
 * json-mapping, one a line.
 * Run: java -cp (flink-avro, avro, flink-core and what they need) AvroFixtures.java DIRECTORY
 */
public class AvroFixtures {
    private static Path directory;

    public static void main(String[] args) throws Exception {
        directory = Path.of(args[0]);
        everything();
        unions();
        recursive();
        reflected();
    }

    private static void write(String name, AvroSerializer<?> typed, List<?> records) throws Exception {
        @SuppressWarnings("unchecked")
        AvroSerializer<Object> serializer = (AvroSerializer<Object>) typed;
        DataOutputSerializer data = new DataOutputSerializer(64);
        StringBuilder json = new StringBuilder();
        for (Object record : records) {
            serializer.serialize(record, data);
            json.append(record instanceof GenericRecord r ? json(r, r.getSchema()) : record).append('\n');
        }
        DataOutputSerializer snapshot = new DataOutputSerializer(64);
        snapshot.writeInt(2);
        TypeSerializerSnapshot.writeVersionedSnapshot(snapshot, serializer.snapshotConfiguration());
        Files.write(directory.resolve(name + ".snapshot"), snapshot.getCopyOfBuffer());
        Files.write(directory.resolve(name + ".data"), data.getCopyOfBuffer());
        Files.writeString(directory.resolve(name + ".json"), json.toString());
    }

    private static String json(Object value, Schema schema) {
        switch (schema.getType()) {
            case UNION:
                return json(value, schema.getTypes().get(GenericData.get().resolveUnion(schema, value)));
            case NULL:
                return "null";
            case RECORD:
                return schema.getFields().stream()
                        .map(f -> quote(f.name()) + ":" + json(((GenericRecord) value).get(f.pos()), f.schema()))
                        .collect(Collectors.joining(",", "{", "}"));
            case ARRAY:
                return ((Collection<?>) value)
                        .stream().map(e -> json(e, schema.getElementType())).collect(Collectors.joining(",", "[", "]"));
            case MAP:
                return ((Map<?, ?>) value)
                        .entrySet().stream()
                        .map(e -> "[" + quote(e.getKey().toString()) + "," + json(e.getValue(), schema.getValueType()) + "]")
                        .sorted()
                        .collect(Collectors.joining(",", "[", "]"));
            case BYTES:
                return quote(HexFormat.of().formatHex(((ByteBuffer) value).array()));
            case FIXED:
                return quote(HexFormat.of().formatHex(((GenericData.Fixed) value).bytes()));
            case LONG:
                return Math.abs((double) (Long) value) < 0x1p53 ? value.toString() : quote(value.toString());
            case FLOAT:
            case DOUBLE:
                double number = ((Number) value).doubleValue();
                return Double.isNaN(number) || Double.isInfinite(number) ? quote("" + number) : "" + number;
            case STRING:
            case ENUM:
                return quote(value.toString());
            default:
                return value.toString();
        }
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            boolean plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\';
            quoted.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return quoted.append('"').toString();
    }

    private static void everything() throws Exception {
        Schema schema = new Schema.Parser().parse("""
            {"type":"record","name":"Everything","namespace":"org.example.state","doc":"all types","fields":[
              {"name":"n","type":"null"},
              {"name":"z","type":"boolean"},
              {"name":"i","type":"int"},
              {"name":"j","type":"long"},
              {"name":"f","type":"float"},
              {"name":"d","type":"double"},
              {"name":"b","type":"bytes"},
              {"name":"s","type":"string","default":"x"},
              {"name":"e","type":{"type":"enum","name":"Suit","symbols":["SPADES","HEARTS"],"default":"SPADES"}},
              {"name":"x","type":{"type":"fixed","name":"Md","size":4}},
              {"name":"again","type":"Suit"},
              {"name":"elsewhere","type":{"type":"record","name":"other.place.Inner","fields":[
                  {"name":"suit","type":"org.example.state.Suit"},
                  {"name":"own","type":{"type":"enum","name":"Local","symbols":["A"]}},
                  {"name":"ownAgain","type":"Local"}]}},
              {"name":"list","type":{"type":"array","items":"long"}},
              {"name":"nulls","type":{"type":"array","items":"null"}},
              {"name":"matrix","type":{"type":"array","items":{"type":"array","items":"string"}}},
              {"name":"map","type":{"type":"map","values":["null","double"]}},
              {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":10,"scale":2}},
              {"name":"at","type":{"type":"long","logicalType":"timestamp-millis"}},
              {"name":"day","type":{"type":"int","logicalType":"date"}},
              {"name":"id","type":{"type":"string","logicalType":"uuid"}},
              {"name":"maybe","type":["null","string"],"default":null},
              {"name":"nothing","type":{"type":"record","name":"Nothing","fields":[]}}
            ]}""");
        List<GenericRecord> records = new ArrayList<>();
        for (int k = 0; k < 3; k++) {
            GenericRecord r = new GenericData.Record(schema);
            GenericRecord inner = new GenericData.Record(schema.getField("elsewhere").schema());
            Schema suit = schema.getField("e").schema();
            inner.put("suit", new GenericData.EnumSymbol(suit, "HEARTS"));
            inner.put("own", new GenericData.EnumSymbol(inner.getSchema().getField("own").schema(), "A"));
            inner.put("ownAgain", new GenericData.EnumSymbol(inner.getSchema().getField("own").schema(), "A"));
            List<Long> list = new ArrayList<>();
            List<Object> nulls = new ArrayList<>();
            for (long i = 0; i < k * 100; i++) {
                list.add(i * i);
                nulls.add(null);
            }
            Map<String, Object> map = new LinkedHashMap<>();
            if (k > 0) {
                map.put("", null);
                map.put("\u4e16\ud83d\ude00", k == 1 ? Double.NaN : Double.NEGATIVE_INFINITY);
            }
            r.put("z", k == 1);
            r.put("i", k == 0 ? Integer.MIN_VALUE : k == 1 ? Integer.MAX_VALUE : 0);
            r.put("j", k == 0 ? Long.MIN_VALUE : k == 1 ? Long.MAX_VALUE : (1L << 53) + 1);
            r.put("f", k == 0 ? Float.MIN_VALUE : k == 1 ? Float.NaN : -0f);
            r.put("d", k == 0 ? Double.MAX_VALUE : k == 1 ? Double.NaN : 0.1);
            r.put("b", ByteBuffer.wrap(new byte[k * 3]));
            r.put("s", k == 0 ? "" : k == 1 ? "\u0000a\u00e9\u4e16\ud83d\ude00\ufeff" : "\ufeff" + "x".repeat(200));
            r.put("e", new GenericData.EnumSymbol(suit, k == 0 ? "SPADES" : "HEARTS"));
            r.put("x", new GenericData.Fixed(schema.getField("x").schema(), new byte[] {-1, 0, 1, (byte) k}));
            r.put("again", new GenericData.EnumSymbol(suit, "SPADES"));
            r.put("elsewhere", inner);
            r.put("list", list);
            r.put("nulls", nulls);
            r.put("matrix", Arrays.asList(List.of(), List.of("a", "b"), List.of("")));
            r.put("map", map);
            r.put("price", ByteBuffer.wrap(new byte[] {(byte) 0x80, (byte) k}));
            r.put("at", 1700000000000L + k);
            r.put("day", -k);
            r.put("id", "6f1c0a3e-0000-4000-8000-00000000000" + k);
            r.put("maybe", k == 0 ? null : "there");
            r.put("nothing", new GenericData.Record(schema.getField("nothing").schema()));
            records.add(r);
        }
        write("everything", new AvroSerializer<>(GenericRecord.class, schema), records);
    }

    /** Unions whose branches a bare value does not tell: each branch is written once. */
    private static void unions() throws Exception {
        Schema schema = new Schema.Parser().parse("""
            {"type":"record","name":"Unions","fields":[
              {"name":"number","type":["null","double","int","float","long"]},
              {"name":"text","type":["string",{"type":"enum","name":"E","symbols":["A","B"]},"null"]},
              {"name":"raw","type":[{"type":"fixed","name":"F4","size":4},"bytes",{"type":"fixed","name":"F2","size":2}]},
              {"name":"record","type":[
                {"type":"record","name":"A","fields":[{"name":"v","type":"int"}]},
                {"type":"record","name":"B","fields":[{"name":"v","type":"int"}]},
                {"type":"array","items":"A"},
                {"type":"map","values":"B"}]}
            ]}""");
        Schema text = schema.getField("text").schema().getTypes().get(1);
        List<Schema> raw = schema.getField("raw").schema().getTypes();
        List<Schema> shapes = schema.getField("record").schema().getTypes();
        GenericRecord a = new GenericData.Record(shapes.get(0));
        a.put("v", 1);
        GenericRecord b = new GenericData.Record(shapes.get(1));
        b.put("v", 2);
        Object[][] rows = {
            {null, "A", new GenericData.Fixed(raw.get(0), new byte[] {1, 2, 3, 4}), a},
            {5.0, new GenericData.EnumSymbol(text, "A"), ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), b},
            {5, "other", new GenericData.Fixed(raw.get(2), new byte[] {1, 2}), List.of(a, a)},
            {5.0f, new GenericData.EnumSymbol(text, "B"), ByteBuffer.wrap(new byte[] {1, 2}), Map.of("k", b)},
            {5L, null, ByteBuffer.wrap(new byte[0]), List.of()},
        };
        List<GenericRecord> records = new ArrayList<>();
        for (Object[] row : rows) {
            GenericRecord r = new GenericData.Record(schema);
            for (int i = 0; i < row.length; i++) r.put(i, row[i]);
            records.add(r);
        }
        write("unions", new AvroSerializer<>(GenericRecord.class, schema), records);
    }

    private static void recursive() throws Exception {
        Schema schema = new Schema.Parser().parse("""
            {"type":"record","name":"Node","namespace":"tree","fields":[
              {"name":"value","type":"long"},
              {"name":"next","type":["null","Node"]},
              {"name":"children","type":{"type":"array","items":"tree.Node"}},
              {"name":"byName","type":{"type":"map","values":"Node"}}]}""");
        List<GenericRecord> records = new ArrayList<>();
        GenericRecord last = null;
        for (long i = 0; i < 12; i++) {
            GenericRecord node = new GenericData.Record(schema);
            node.put("value", i);
            node.put("next", last);
            node.put("children", i % 5 == 0 && last != null ? List.of(last, last) : List.of());
            node.put("byName", i % 7 == 0 && last != null ? Map.of("x", last) : Map.of());
            last = node;
        }
        records.add(last);
        write("recursive", new AvroSerializer<>(GenericRecord.class, schema), records);
    }

    public static class Sensor {
        public int id;
        public char letter;
        public short small;
        public byte tiny;
        public int[] readings;
        public String[] names;
        public List<Long> longs;

        @Override
        public String toString() {
            return "{\"id\": " + id + ", \"letter\": " + (int) letter + ", \"small\": " + small + ", \"tiny\": " + tiny
                    + ", \"readings\": " + Arrays.toString(readings) + ", \"names\": [\"" + String.join("\", \"", names)
                    + "\"], \"longs\": [" + longs.get(0) + ", \"" + longs.get(1) + "\"]}";
        }
    }

    /** A plain class, whose schema Avro makes by reflection. */
    private static void reflected() throws Exception {
        Sensor sensor = new Sensor();
        sensor.id = 1;
        sensor.letter = 'x';
        sensor.small = -2;
        sensor.tiny = -3;
        sensor.readings = new int[] {1, 2, 3};
        sensor.names = new String[] {"a", "b"};
        sensor.longs = List.of(1L, Long.MAX_VALUE);
        write("reflected", new AvroSerializer<>(Sensor.class), List.of(sensor));
    }
}
