import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.formats.avro.typeutils.AvroSerializer;

/**
 * Makes pairs of an old and a new schema, from the hand-written ones of pairs.txt and by changing the schemas of bases.txt
 * at random places, and writes what Avro and Flink say of each, one JSON object a line:
 * whether Schema#equals, what SchemaCompatibility answers, what Flink's snapshot resolves, and whether values of the old
 * schema come back as Avro resolves them after Flink migrated them, for each pair of runtime types.
 * The second file has single schemas and what Avro's parser says of each.
 * Run: javac -cp CP -d OUT SchemaPairs.java Root.java; java -cp CP:OUT SchemaPairs FOLDER_OF_TEXTS PAIRS SCHEMAS [COUNT SEED]
 * with CP the class path of fixtures/generator.
 */
public class SchemaPairs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VALUES = 40;
    private static Random random;
    private static final Set<String> invalid = new LinkedHashSet<>();

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int count = args.length > 3 ? Integer.parseInt(args[3]) : 900;
        random = new Random(args.length > 4 ? Long.parseLong(args[4]) : 42);
        StringBuilder pairs = new StringBuilder();
        List<String> written = blocks(folder.resolve("pairs.txt"));
        for (int i = 0; i < written.size(); i++) {
            String[] sides = written.get(i).split("\n", 3);
            pairs.append(judge("hand-" + sides[0].replace("# ", ""), sides[1], sides[2])).append('\n');
        }
        List<String> bases = new ArrayList<>();
        for (String base : blocks(folder.resolve("bases.txt"))) bases.add(base.replaceAll("\n *", ""));
        Set<String> seen = new LinkedHashSet<>();
        while (seen.size() < count) {
            int base = random.nextInt(bases.size());
            JsonNode old = JSON.readTree(bases.get(base));
            if (random.nextInt(3) == 0) mutate(old);
            JsonNode now = old.deepCopy();
            StringBuilder what = new StringBuilder();
            for (int n = 1 + random.nextInt(3); n > 0; n--) what.append('-').append(mutate(now));
            String oldText = JSON.writeValueAsString(old);
            String newText = JSON.writeValueAsString(now);
            if (!valid(oldText) || !valid(newText)) continue;
            if (!seen.add(oldText + newText)) continue;
            pairs.append(judge("base" + base + what, oldText, newText)).append('\n');
        }
        Files.writeString(Path.of(args[1]), pairs.toString());
        StringBuilder schemas = new StringBuilder();
        List<String> texts = blocks(folder.resolve("schemas.txt"));
        texts.addAll(invalid.stream().limit(150).toList());
        for (String text : texts) schemas.append(parsed(text)).append('\n');
        Files.writeString(Path.of(args[2]), schemas.toString());
    }

    private static List<String> blocks(Path path) throws Exception {
        List<String> blocks = new ArrayList<>();
        for (String block : Files.readString(path).split("\n\n+")) blocks.add(block.strip());
        return blocks;
    }

    private static boolean valid(String text) {
        try {
            new Schema.Parser().parse(text);
            return true;
        } catch (RuntimeException e) {
            invalid.add(text);
            return false;
        }
    }

    private static String parsed(String text) throws Exception {
        ObjectNode line = JSON.createObjectNode().put("schema", text);
        try {
            line.put("text", new Schema.Parser().parse(text).toString());
        } catch (RuntimeException e) {
            line.put("throws", e.getClass().getSimpleName());
            line.put("message", String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        return JSON.writeValueAsString(line);
    }

    // ---------------------------------------------------------------- judging

    private static String judge(String id, String oldText, String newText) throws Exception {
        Schema old = new Schema.Parser().parse(oldText);
        Schema now = new Schema.Parser().parse(newText);
        ObjectNode line = JSON.createObjectNode().put("id", id).put("old", oldText).put("new", newText);
        line.put("equals", old.equals(now));
        try {
            SchemaPairCompatibility compatibility = SchemaCompatibility.checkReaderWriterCompatibility(now, old);
            line.put("compatibility", compatibility.getType().name());
            ArrayNode list = line.putArray("incompatibilities");
            for (Incompatibility one : compatibility.getResult().getIncompatibilities()) {
                list.addObject().put("type", one.getType().name()).put("location", one.getLocation())
                        .put("message", one.getMessage()).put("reader", nameOf(one.getReaderFragment()))
                        .put("writer", nameOf(one.getWriterFragment()));
            }
        } catch (RuntimeException e) {
            line.put("throws", e.getMessage());
        }
        line.put("flink", flink(oldText, newText));
        if (line.get("flink").textValue().startsWith("COMPATIBLE")
                && old.getType() == Schema.Type.RECORD && now.getType() == Schema.Type.RECORD) {
            ObjectNode migrated = line.putObject("values");
            boolean oldClass = old.getFullName().equals("Root");
            boolean newClass = now.getFullName().equals("Root");
            migrated.put("generic-generic", migrate(old, now, false, false));
            if (oldClass && newClass) migrated.put("specific-specific", migrate(old, now, true, true));
            if (newClass) migrated.put("generic-specific", migrate(old, now, false, true));
            if (oldClass) migrated.put("specific-generic", migrate(old, now, true, false));
        }
        return JSON.writeValueAsString(line);
    }

    private static String nameOf(Schema schema) {
        return schema.getType() == Schema.Type.UNION ? "union" : schema.getFullName();
    }

    /** What the new snapshot resolves against the old one, which went through bytes. */
    private static String flink(String oldText, String newText) throws Exception {
        TypeSerializerSnapshot<GenericRecord> old =
                snapshot(new AvroSerializer<>(GenericRecord.class, new Schema.Parser().parse(oldText)));
        TypeSerializerSnapshot<GenericRecord> now =
                new AvroSerializer<>(GenericRecord.class, new Schema.Parser().parse(newText)).snapshotConfiguration();
        try {
            TypeSerializerSchemaCompatibility<GenericRecord> resolved = now.resolveSchemaCompatibility(old);
            if (resolved.isCompatibleAsIs()) return "COMPATIBLE_AS_IS";
            return resolved.isCompatibleAfterMigration() ? "COMPATIBLE_AFTER_MIGRATION" : "INCOMPATIBLE";
        } catch (RuntimeException e) {
            return "throws " + e.getClass().getSimpleName();
        }
    }

    /** As the new job reads it: the snapshot's bytes. */
    private static <T> TypeSerializerSnapshot<T> snapshot(TypeSerializer<T> serializer) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        return TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), SchemaPairs.class.getClassLoader());
    }

    @SuppressWarnings("unchecked")
    private static String migrate(Schema old, Schema now, boolean fromSpecific, boolean toSpecific) throws Exception {
        Random values = new Random(7);
        // A class that is there on both sides has the new job's schema; one that is only old has the old schema.
        Schema ofClass = toSpecific ? now : old;
        Root.schema = old;
        TypeSerializer<Object> written = (TypeSerializer<Object>) (TypeSerializer<?>)
                (fromSpecific ? new AvroSerializer<>(Root.class) : new AvroSerializer<>(GenericRecord.class, old));
        boolean compatibleAsIs = old.equals(now);
        TypeSerializerSnapshot<Object> oldSnapshot;
        List<byte[]> bytes = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        TypeSerializer<Object> generic = (TypeSerializer<Object>) (TypeSerializer<?>) new AvroSerializer<>(GenericRecord.class, old);
        for (int i = 0; i < VALUES; i++) {
            Object value = value(old, values, 0);
            DataOutputSerializer out = new DataOutputSerializer(64);
            generic.serialize(value, out);
            bytes.add(out.getCopyOfBuffer());
            expected.add(resolved(value, old, now));
        }
        oldSnapshot = snapshot(written);
        Root.schema = ofClass;
        if (fromSpecific) {
            // The restored serializer asks the class again.
            DataOutputSerializer out = new DataOutputSerializer(64);
            TypeSerializerSnapshot.writeVersionedSnapshot(out, oldSnapshot);
            oldSnapshot = TypeSerializerSnapshot.readVersionedSnapshot(
                    new DataInputDeserializer(out.getCopyOfBuffer()), SchemaPairs.class.getClassLoader());
        }
        try {
            TypeSerializer<Object> restored = oldSnapshot.restoreSerializer();
            TypeSerializer<Object> fresh = (TypeSerializer<Object>) (TypeSerializer<?>)
                    (toSpecific ? new AvroSerializer<>(Root.class) : new AvroSerializer<>(GenericRecord.class, now));
            for (int i = 0; i < VALUES; i++) {
                byte[] data = bytes.get(i);
                if (!compatibleAsIs) {
                    DataOutputSerializer out = new DataOutputSerializer(64);
                    fresh.serialize(restored.deserialize(new DataInputDeserializer(data)), out);
                    data = out.getCopyOfBuffer();
                }
                DataInputDeserializer in = new DataInputDeserializer(data);
                Object back = fresh.deserialize(in);
                if (in.available() > 0 || !back.toString().equals(expected.get(i))) return "wrong";
            }
            return "right";
        } catch (Exception | StackOverflowError e) {
            return e.getClass().getSimpleName();
        }
    }

    /** How Avro itself resolves the value, as text. */
    private static String resolved(Object value, Schema old, Schema now) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<>(old).write(value, encoder);
        encoder.flush();
        try {
            return new GenericDatumReader<>(old, now)
                    .read(null, DecoderFactory.get().binaryDecoder(out.toByteArray(), null)).toString();
        } catch (RuntimeException e) {
            return "unreadable";
        }
    }

    private static Object value(Schema schema, Random values, int depth) {
        switch (schema.getType()) {
            case NULL:
                return null;
            case BOOLEAN:
                return values.nextBoolean();
            case INT:
                return values.nextInt(1000);
            case LONG:
                return (long) values.nextInt(1000) + (1L << 33);
            case FLOAT:
                return values.nextInt(1000) / 8f;
            case DOUBLE:
                return values.nextInt(1000) / 8.0 + 1e100;
            case STRING:
                return new org.apache.avro.util.Utf8("s" + values.nextInt(100));
            case BYTES:
                return ByteBuffer.wrap(("b" + values.nextInt(100)).getBytes());
            case FIXED: {
                byte[] bytes = new byte[schema.getFixedSize()];
                for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) ('a' + values.nextInt(26));
                return new GenericData.Fixed(schema, bytes);
            }
            case ENUM:
                return new GenericData.EnumSymbol(
                        schema, schema.getEnumSymbols().get(values.nextInt(schema.getEnumSymbols().size())));
            case ARRAY: {
                List<Object> list = new ArrayList<>();
                for (int n = depth > 5 ? 0 : values.nextInt(3); n > 0; n--)
                    list.add(value(schema.getElementType(), values, depth + 1));
                return list;
            }
            case MAP: {
                Map<Object, Object> map = new LinkedHashMap<>();
                if (depth <= 5 && values.nextBoolean()) map.put("k", value(schema.getValueType(), values, depth + 1));
                return map;
            }
            case UNION: {
                List<Schema> branches = schema.getTypes();
                boolean shallow = depth > 4 && branches.get(0).getType() == Schema.Type.NULL;
                return value(branches.get(shallow ? 0 : values.nextInt(branches.size())), values, depth + 1);
            }
            default: {
                IndexedRecord record = new GenericData.Record(schema);
                for (Schema.Field f : schema.getFields()) record.put(f.pos(), value(f.schema(), values, depth + 1));
                return record;
            }
        }
    }

    // ---------------------------------------------------------------- changing

    private static final String[] TYPES = {"null", "boolean", "int", "long", "float", "double", "bytes", "string"};

    private static <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String type() {
        return TYPES[random.nextInt(TYPES.length)];
    }

    /** Changes one place of a schema and says what it did. */
    private static String mutate(JsonNode root) {
        for (int tries = 0; tries < 50; tries++) {
            List<ObjectNode> objects = new ArrayList<>();
            collect(root, objects);
            if (objects.isEmpty()) return "nothing";
            String done = change(any(objects));
            if (done != null) return done;
        }
        return "nothing";
    }

    /** Types and fields that are objects. */
    private static void collect(JsonNode node, List<ObjectNode> into) {
        if (node.isArray()) node.forEach(one -> collect(one, into));
        if (!node.isObject()) return;
        into.add((ObjectNode) node);
        for (String part : new String[] {"type", "items", "values", "fields"})
            if (node.has(part)) collect(node.get(part), into);
    }

    private static String change(ObjectNode node) {
        JsonNode type = node.get("type");
        if (type == null) return null;
        if (node.has("name") && !node.has("fields") && !node.has("symbols") && !node.has("size")) return changeField(node);
        switch (type.asText()) {
            case "record":
                return random.nextInt(3) == 0 ? changeName(node) : changeRecord(node);
            case "enum":
                return random.nextInt(4) == 0 ? changeName(node) : changeEnum(node);
            case "fixed":
                if (random.nextBoolean()) return changeName(node);
                node.put("size", 1 + random.nextInt(6));
                return "size";
            case "array":
                if (random.nextInt(3) > 0) return retype(node, "items");
                node.set("values", node.remove("items"));
                node.put("type", "map");
                return "array-to-map";
            case "map":
                return retype(node, "values");
            default:
                return changeProps(node);
        }
    }

    private static String changeName(ObjectNode node) {
        String name = node.get("name").asText();
        switch (random.nextInt(6)) {
            case 0:
                node.put("name", name + "X");
                return "renamed";
            case 1:
                node.withArray("/aliases").add(name);
                node.put("name", name + "X");
                return "renamed-alias";
            case 2:
                node.put("namespace", "moved.to");
                return "moved";
            case 3:
                node.withArray("/aliases").add("." + name);
                node.put("namespace", "moved.to");
                return "moved-alias";
            case 4:
                node.put("doc", "changed");
                return "doc";
            default:
                return changeProps(node);
        }
    }

    private static String changeProps(ObjectNode node) {
        switch (random.nextInt(5)) {
            case 0:
                node.put("prop", random.nextInt(2));
                return "prop";
            case 1:
                node.put("prop", random.nextInt(2) + 0.0);
                return "prop-double";
            case 2:
                node.put("logicalType", random.nextBoolean() ? "timestamp-millis" : "timestamp-micros");
                return "logical";
            case 3:
                node.put("avro.java.string", "String");
                return "java-string";
            default:
                node.remove("prop");
                return "no-prop";
        }
    }

    private static String changeRecord(ObjectNode node) {
        ArrayNode fields = (ArrayNode) node.get("fields");
        int at = random.nextInt(fields.size() + 1);
        switch (random.nextInt(6)) {
            case 0: {
                ObjectNode field = JSON.createObjectNode().put("name", "n" + random.nextInt(10)).put("type", type());
                fields.insert(at, field);
                return "add";
            }
            case 1: {
                ObjectNode field = JSON.createObjectNode().put("name", "n" + random.nextInt(10));
                addDefaulted(field);
                fields.insert(at, field);
                return "add-default";
            }
            case 2:
            case 3:
                if (at == fields.size()) return null;
                fields.remove(at);
                return "remove";
            case 4: {
                List<JsonNode> shuffled = new ArrayList<>();
                fields.forEach(shuffled::add);
                if (shuffled.size() < 2) return null;
                int other = random.nextInt(shuffled.size());
                if (at == shuffled.size() || at == other) return null;
                Collections.swap(shuffled, at, other);
                fields.removeAll();
                fields.addAll(shuffled);
                return "reorder";
            }
            default: {
                ObjectNode field = JSON.createObjectNode().put("name", "n" + random.nextInt(10));
                addDefaulted(field);
                fields.add(field);
                return "append-default";
            }
        }
    }

    private static void addDefaulted(ObjectNode field) {
        switch (random.nextInt(5)) {
            case 0:
                field.put("type", "int").put("default", 7);
                break;
            case 1:
                field.put("type", "string").put("default", "d");
                break;
            case 2:
                field.set("type", JSON.createArrayNode().add("null").add(type().replace("null", "int")));
                field.putNull("default");
                break;
            case 3:
                field.put("type", "double");
                if (random.nextBoolean()) field.put("default", 1);
                else field.put("default", "NaN");
                break;
            default:
                field.set("type", JSON.createObjectNode().put("type", "array").put("items", type()));
                field.putArray("default");
                break;
        }
    }

    private static String changeField(ObjectNode field) {
        String name = field.get("name").asText();
        switch (random.nextInt(9)) {
            case 0:
                field.put("name", name + "x");
                return "field-renamed";
            case 1:
                field.withArray("/aliases").add(name);
                field.put("name", name + "x");
                return "field-renamed-alias";
            case 2:
                field.put("order", random.nextBoolean() ? "descending" : "ignore");
                return "order";
            case 3:
                field.put("fprop", random.nextInt(2));
                return "field-prop";
            case 4:
                if (!field.has("default")) return null;
                field.remove("default");
                return "no-default";
            case 5:
                if (field.get("type").asText().equals("int")) field.put("default", random.nextInt(3));
                else if (field.get("type").asText().equals("double")) field.put("default", random.nextBoolean() ? 1 : 1.0);
                else if (field.get("type").asText().equals("string")) field.put("default", "d" + random.nextInt(2));
                else return null;
                return "default";
            default:
                return retype(field, "type");
        }
    }

    private static String retype(ObjectNode node, String part) {
        JsonNode type = node.get(part);
        switch (random.nextInt(6)) {
            case 0:
                node.put(part, type());
                return "retyped";
            case 1:
                if (type.isTextual()) node.put(part, promoted(type.asText()));
                return "promoted";
            case 2:
                if (type.isArray()) {
                    ArrayNode union = (ArrayNode) type;
                    union.insert(random.nextInt(union.size() + 1), type());
                    return "branch-added";
                }
                node.set(part, JSON.createArrayNode().add("null").add(type));
                return "nullable";
            case 3:
                if (!type.isArray() || type.size() < 2) return null;
                ((ArrayNode) type).remove(random.nextInt(type.size()));
                return "branch-removed";
            case 4:
                if (type.isArray()) {
                    List<JsonNode> branches = new ArrayList<>();
                    type.forEach(branches::add);
                    Collections.rotate(branches, 1);
                    ArrayNode union = JSON.createArrayNode();
                    union.addAll(branches);
                    node.set(part, union);
                    return "branches-rotated";
                }
                if (type.isTextual() && random.nextBoolean()) {
                    node.set(part, JSON.createObjectNode().put("type", type.asText()).put("prop", 1));
                    return "type-prop";
                }
                return null;
            default:
                if (type.isArray()) {
                    ArrayNode union = (ArrayNode) type;
                    for (int i = 0; i < union.size(); i++)
                        if (union.get(i).isTextual()) union.set(i, union.arrayNode().textNode(promoted(union.get(i).asText())));
                    return "branches-promoted";
                }
                return null;
        }
    }

    private static String promoted(String type) {
        switch (type) {
            case "int":
                return new String[] {"long", "float", "double"}[random.nextInt(3)];
            case "long":
                return new String[] {"float", "double", "int"}[random.nextInt(3)];
            case "float":
                return "double";
            case "string":
                return "bytes";
            case "bytes":
                return "string";
            default:
                return type;
        }
    }

    private static String changeEnum(ObjectNode node) {
        ArrayNode symbols = (ArrayNode) node.get("symbols");
        switch (random.nextInt(6)) {
            case 0:
                symbols.add("N" + random.nextInt(10));
                return "symbol-appended";
            case 1:
                symbols.insert(0, "N" + random.nextInt(10));
                return "symbol-inserted";
            case 2:
                if (symbols.size() < 2) return null;
                symbols.remove(random.nextInt(symbols.size()));
                return "symbol-removed";
            case 3:
                if (symbols.size() < 2) return null;
                symbols.add(symbols.remove(0));
                return "symbols-rotated";
            case 4:
                node.put("default", symbols.get(0).asText());
                return "enum-default";
            default:
                if (symbols.size() < 2) return null;
                symbols.remove(symbols.size() - 1);
                node.put("default", symbols.get(0).asText());
                return "symbol-removed-default";
        }
    }
}
