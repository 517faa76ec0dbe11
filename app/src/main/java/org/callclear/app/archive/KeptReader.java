package org.callclear.app.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads the records of a file of an archive. */
final class KeptReader implements DatumReader<Kept> {
    private final int schemaId;
    private final Form form;
    private @Nullable Schema value;
    private @Nullable DatumReader<? extends IndexedRecord> reader;

    /** What values become. */
    enum Form {
        /** As the schema has them that they were written with. */
        WRITTEN,
        /** Our own classes, whatever version of them wrote. */
        OURS
    }

    KeptReader(int schemaId, Form form) {
        this.schemaId = schemaId;
        this.form = form;
    }

    /** @throws IllegalArgumentException when the file's records are not those of an archive, or not ours */
    @Override
    public void setSchema(Schema file) {
        value = Envelope.valueIn(file);
        if (value != null) {
            if (!Envelope.around(value).equals(file)) {
                throw new IllegalArgumentException("its records are not as an archive has them");
            }
            reader = form == Form.WRITTEN
                    ? new GenericDatumReader<>(value, value, new GenericData())
                    : new SpecificDatumReader<SpecificRecord>(value, ours(value));
        }
    }

    /** The schema of the values; null where no schema reads them. */
    @Nullable
    Schema value() {
        return value;
    }

    private static Schema ours(Schema written) {
        Class<?> type = SpecificData.get().getClass(written);
        if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException("its records are of a type that this version does not know");
        }
        return SpecificData.get().getSchema(type);
    }

    @Override
    public Kept read(@Nullable Kept reuse, Decoder in) throws IOException {
        long offset = in.readLong();
        long timestamp = in.readLong();
        byte[] key = optional(in);
        List<Kept.Header> headers = new ArrayList<>(0);
        for (long left = in.readArrayStart(); left != 0; left = in.arrayNext()) {
            for (long i = 0; i < left; i++) {
                headers.add(new Kept.Header(in.readString(), optional(in)));
            }
        }
        return reader == null
                ? new Kept(offset, timestamp, key, headers, schemaId, null, optional(in))
                : new Kept(offset, timestamp, key, headers, schemaId, reader.read(null, in), null);
    }

    private static byte @Nullable [] optional(Decoder in) throws IOException {
        if (in.readIndex() == 0) {
            return null;
        }
        ByteBuffer bytes = in.readBytes(null);
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return content;
    }
}
