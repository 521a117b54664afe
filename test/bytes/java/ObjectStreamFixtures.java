import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamConstants;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the object streams that the tests of the describer read.
 * Run: java ObjectStreamFixtures.java DIRECTORY
 */
public class ObjectStreamFixtures {
    enum Colour { RED, GREEN { @Override public String toString() { return "leaf"; } } }

    static class Base implements Serializable {
        private static final long serialVersionUID = 1L;
        int id = 7;
        String name = "base";
    }

    static class Everything extends Base {
        private static final long serialVersionUID = 2L;
        boolean z = true;
        byte b = -1;
        char c = '\u00e9';
        short s = -2;
        int i = Integer.MIN_VALUE;
        long j = Long.MAX_VALUE;
        float f = 1.5f;
        double d = -0.0;
        String name = "derived";
        Object nothing = null;
        Object self = this;
        Colour red = Colour.RED;
        Colour green = Colour.GREEN;
        Class<?> type = Map.class;
        Class<?> primitive = int.class;
        byte[] bytes = {1, 2, 3};
        char[] chars = {'a', '\uffff'};
        long[][] longs = {{1, 2}, null, {}};
        Object[] objects = {"x", 1, null};
        String longText = "\u0000\u4e16\ud83d\ude00".repeat(10_000);
    }

    /** Writes fields, then its own data around an object, twice. */
    static class Custom extends Base {
        private static final long serialVersionUID = 3L;
        int kept = 5;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(42);
            out.writeObject("inside");
            out.writeUTF("after");
            out.write(new byte[300]);
        }
    }

    /** A write method that does not write its fields by defaultWriteObject. */
    static class OwnFields implements Serializable {
        private static final long serialVersionUID = 4L;
        int never = 1;

        private void writeObject(ObjectOutputStream out) throws IOException {
            ObjectOutputStream.PutField fields = out.putFields();
            fields.put("never", 9);
            out.writeFields();
        }
    }

    public static class Outside implements Externalizable {
        private static final long serialVersionUID = 5L;

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeLong(99);
            out.writeObject(List.of("e"));
        }

        @Override
        public void readExternal(ObjectInput in) {}
    }

    static class Handler implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 6L;

        @Override
        public Object invoke(Object proxy, Method method, Object[] args) {
            return null;
        }
    }

    static class Unwritable implements Serializable {
        private static final long serialVersionUID = 7L;
        Object inner = new Object();
    }

    interface Nested {
        void write(ObjectOutputStream out) throws IOException;
    }

    private static Path directory;

    /** Bytes follow each object, so that a reader that goes too far is found. */
    private static void make(String name, Nested nested) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ObjectOutputStream out = new ObjectOutputStream(bytes);
        try {
            nested.write(out);
        } catch (IOException expected) {
            System.out.println(name + ": " + expected);
        }
        out.flush();
        bytes.write(new byte[] {0x11, 0x22});
        Files.write(directory.resolve(name + ".bin"), bytes.toByteArray());
    }

    public static void main(String[] args) throws Exception {
        directory = Path.of(args[0]);
        make("everything", out -> out.writeObject(new Everything()));
        make("custom", out -> out.writeObject(new Custom()));
        make("own-fields", out -> out.writeObject(new OwnFields()));
        make("externalizable", out -> out.writeObject(new Outside()));
        make("externalizable-protocol-1", out -> {
            out.useProtocolVersion(ObjectStreamConstants.PROTOCOL_VERSION_1);
            out.writeObject(new Outside());
        });
        make("proxy", out -> out.writeObject(Proxy.newProxyInstance(
                ObjectStreamFixtures.class.getClassLoader(),
                new Class<?>[] {Runnable.class, Comparable.class},
                new Handler())));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("list", new ArrayList<>(Arrays.asList(1, 2L, 3.0, "4")));
        map.put("empty", Collections.emptyList());
        map.put("itself", map);
        make("map", out -> out.writeObject(map));
        make("reset", out -> {
            out.reset();
            out.writeObject("first");
        });
        make("class", out -> out.writeObject(String.class));
        make("null", out -> out.writeObject(null));
        make("long-string", out -> out.writeObject("abc\u00e9".repeat(20_000)));
        make("exception", out -> out.writeObject(new Unwritable()));
    }
}
