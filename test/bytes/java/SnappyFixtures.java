import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.xerial.snappy.SnappyFramedInputStream;
import org.xerial.snappy.SnappyFramedOutputStream;

/**
 * Makes snappy-framed.bin with snappy-java, the library that Flink compresses state with.
 * Run: java -cp snappy-java-1.1.10.7.jar SnappyFixtures.java DIRECTORY
 * With a second argument, reads that framed file and says whether it holds the same bytes.
 */
public class SnappyFixtures {
    /** 200000 bytes: 120000 that repeat, then 80000 that do not; the test makes the same ones. */
    static byte[] content() {
        byte[] bytes = new byte[200_000];
        int seed = 12345;
        for (int i = 0; i < bytes.length; i++) {
            seed = seed * 1103515245 + 12345;
            bytes[i] = i < 120_000 ? (byte) ("merchant-" + (1000 + i / 40)).charAt(i % 13) : (byte) (seed >>> 16);
        }
        return bytes;
    }

    public static void main(String[] args) throws Exception {
        if (args.length == 2) {
            try (var in = new SnappyFramedInputStream(new ByteArrayInputStream(Files.readAllBytes(Path.of(args[1]))), true)) {
                System.out.println(Arrays.equals(in.readAllBytes(), content()) ? "same" : "different");
            }
            return;
        }
        byte[] bytes = content();
        try (OutputStream file = new FileOutputStream(args[0] + "/snappy-framed.bin")) {
            // two streams, one behind the other, as the heap backend's segments lie
            for (int part = 0; part < 2; part++) {
                SnappyFramedOutputStream out = new SnappyFramedOutputStream(file);
                out.write(bytes, part * 100_000, 100_000);
                out.flush();
            }
        }
    }
}
