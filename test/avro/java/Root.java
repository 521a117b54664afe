import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** Stands for a generated class whose schema changes from run to run. */
public class Root extends SpecificRecordBase {
    static Schema schema;
    private final Schema own = schema;
    private final Object[] values = new Object[schema.getFields().size()];

    @Override
    public Schema getSchema() {
        return own;
    }

    @Override
    public Object get(int field) {
        return values[field];
    }

    @Override
    public void put(int field, Object value) {
        values[field] = value;
    }
}
