package org.callclear.settlement.codec;

import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.SettlementFile;

/** What is read and written by hand. For one thread. */
public final class HotRecords {
    private static final int EXPECTED = 512;

    private final NamePool names = new NamePool();
    private final TermsPool pool = new TermsPool(names);
    private final JournalReader journal = new JournalReader(names, pool);
    private final FileReader files = new FileReader(names);
    private final ResultWriter results = new ResultWriter(pool);
    private final AvroWriter writer = new AvroWriter(EXPECTED);
    private String key = "";

    /** Whether records of a schema are read here. Of exactly this schema: others are for Avro to resolve. */
    public static boolean reads(Schema schema) {
        return schema.equals(Grant.getClassSchema())
                || schema.equals(AcceptedCdr.getClassSchema())
                || schema.equals(SettlementFile.getClassSchema());
    }

    /** Whether such records are written here. */
    public static boolean writes(SpecificRecord record) {
        return record instanceof LedgerEntry || record instanceof ReconciledCall || record instanceof SettlementFile;
    }

    /** The key of the record that is read next: where its call has that name, it is the same object. */
    public String readKey(byte[] bytes) {
        key = new String(bytes, StandardCharsets.UTF_8);
        return key;
    }

    /**
     * Reads a record of one of the schemas that are read here.
     *
     * @param from where its binary begins; it ends with the array
     * @throws IllegalArgumentException when it is not that
     */
    public SpecificRecord read(Schema schema, byte[] bytes, int from) {
        AvroReader reader = new AvroReader(bytes, from);
        try {
            SpecificRecord record = read(schema, reader);
            if (!reader.isAtEnd()) {
                throw new IllegalArgumentException("bytes left over after the record");
            }
            return record;
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new IllegalArgumentException("the record is cut off or out of range", e);
        }
    }

    /**
     * The binary of a record that is written here.
     *
     * @param head what stands before it
     */
    public byte[] write(byte[] head, SpecificRecord record) {
        writer.reset();
        writer.writeRaw(head);
        switch (record) {
            case LedgerEntry entry -> results.entry(entry, writer);
            case ReconciledCall call -> results.call(call, writer);
            case SettlementFile file -> FileWriter.file(file, writer);
            default -> throw new IllegalArgumentException("not written here: " + record.getClass());
        }
        return writer.toBytes();
    }

    private SpecificRecord read(Schema schema, AvroReader reader) {
        return switch (schema.getName()) {
            case "Grant" -> journal.grant(reader, key);
            case "AcceptedCdr" -> journal.report(reader, key);
            case "SettlementFile" -> files.file(reader);
            default -> throw new IllegalArgumentException("not read here: " + schema.getName());
        };
    }
}
