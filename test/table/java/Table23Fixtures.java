package org.apache.flink.table.runtime.sequencedmultisetstate.linked;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.generated.GeneratedHashFunction;
import org.apache.flink.table.runtime.generated.GeneratedRecordEqualiser;
import org.apache.flink.table.runtime.generated.HashFunction;
import org.apache.flink.table.runtime.generated.RecordEqualiser;
import org.apache.flink.table.runtime.operators.sink.SortedLongSerializer;
import org.apache.flink.table.runtime.operators.window.GlobalWindow;
import org.apache.flink.table.runtime.typeutils.RowDataSerializer;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BitmapType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.VariantType;
import org.apache.flink.types.bitmap.Bitmap;
import org.apache.flink.types.variant.Variant;

/**
 * Makes the fixtures of what only Flink 2.x has, as TableFixtures does the others (no hashes).
 * It lies in Flink's package, because the classes of linked multiset state are not public. Compile it with javac, then
 * run it with the same class path: java -cp ... this class DIRECTORY
 */
public class Table23Fixtures {
    private static Path directory;

    public static void main(String[] args) throws Exception {
        directory = Path.of(args[0]);
        LogicalType string = new VarCharType(VarCharType.MAX_LENGTH);
        var builder = Variant.newBuilder();
        Variant object = builder.object()
                .add("a", builder.of(1L << 60))
                .add("list", builder.array().add(builder.of("text")).add(builder.ofNull()).add(builder.of(true)).build())
                .build();
        RowDataSerializer variants = new RowDataSerializer(new VariantType(), new BigIntType());
        List<RowData> rows = List.of(GenericRowData.of(object, 1L), GenericRowData.of(builder.of("short"), 2L), GenericRowData.of(null, 3L));
        write("variant", variants, rows,
                List.of("[{\"a\":\"1152921504606846976\",\"list\":[\"text\",null,true]},1]", "[\"short\",2]", "[null,3]"));
        Bitmap bitmap = Bitmap.fromArray(new int[] {1, 5, 70_000});
        String hex = HexFormat.of().formatHex(bitmap.toBytes());
        write("bitmap", new RowDataSerializer(new BitmapType(), new ArrayType(new BitmapType())),
                List.of(GenericRowData.of(bitmap, new GenericArrayData(new Object[] {bitmap, null})), GenericRowData.of(null, null)),
                List.of("[\"" + hex + "\",[\"" + hex + "\",null]]", "[null,null]"));
        write("sorted-long", SortedLongSerializer.INSTANCE, List.of(-1L, 0L, 5L), List.of("-1", "0", "5"));
        write("global-window", new GlobalWindow.Serializer(), List.of(GlobalWindow.get()), List.of("{\"window\":\"global\"}"));

        RowDataSerializer row = new RowDataSerializer(string);
        RowData a = GenericRowData.of(StringData.fromString("a"));
        write("linked-node", new NodeSerializer(row), List.of(new Node(a, 1, null, 2L, null, 9L), new Node(a, 2, 1L, null, 3L, 10L)),
                List.of(node("1,\"prevSqn\":null,\"nextSqn\":2,\"nextSqnForRecord\":null,\"timestamp\":9"),
                        node("2,\"prevSqn\":1,\"nextSqn\":null,\"nextSqnForRecord\":3,\"timestamp\":10")));
        write("meta-sqn-info", new MetaSqnInfoSerializer(), List.of(MetaSqnInfo.of(7, 3)), List.of("{\"highSqn\":7,\"size\":3}"));
        write("row-sqn-info", new RowSqnInfoSerializer(), List.of(RowSqnInfo.of(3, 7)), List.of("{\"firstSqn\":3,\"lastSqn\":7}"));
        RecordEqualiser equaliser = (one, two) -> one.equals(two);
        HashFunction hash = Object::hashCode;
        RowDataKeySerializer keys = new RowDataKeySerializer(row, equaliser, hash,
                new GeneratedRecordEqualiser("Equaliser", "class Equaliser { System.exit(0); }", new Object[0]),
                new GeneratedHashFunction("Hash", "class Hash {}", new Object[0], new org.apache.flink.configuration.Configuration()));
        write("row-data-key", keys, List.of(new RowDataKey(a, equaliser, hash)), List.of("[\"a\"]"));
    }

    private static String node(String rest) {
        return "{\"row\":[\"a\"],\"sqn\":" + rest + "}";
    }

    private static <T> void write(String name, TypeSerializer<T> serializer, List<? extends T> values, List<String> json)
            throws Exception {
        DataOutputSerializer data = new DataOutputSerializer(64);
        for (T value : values) serializer.serialize(value, data);
        DataOutputSerializer snapshot = new DataOutputSerializer(64);
        snapshot.writeInt(2);
        TypeSerializerSnapshot.writeVersionedSnapshot(snapshot, serializer.snapshotConfiguration());
        Files.write(directory.resolve(name + ".snapshot"), snapshot.getCopyOfBuffer());
        Files.write(directory.resolve(name + ".data"), data.getCopyOfBuffer());
        Files.writeString(directory.resolve(name + ".json"), String.join("\n", json) + "\n");
    }
}
