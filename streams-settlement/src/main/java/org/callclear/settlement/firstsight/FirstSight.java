package org.callclear.settlement.firstsight;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.SeenReport;
import org.jspecify.annotations.Nullable;

/** Decides whether a report says something new. */
public final class FirstSight {
    private FirstSight() {}

    /** What a report is, compared with the first one under its key. */
    public sealed interface Sight {
        /** Nothing was seen under its key before; this is to be remembered. */
        record First(SeenReport remember) implements Sight {}

        /** The same report again: to be ignored and counted. */
        record Repeated() implements Sight {}

        /** Another content under a higher version. */
        record Correction() implements Sight {}

        /** Another content under no higher version. */
        record Conflict() implements Sight {}
    }

    /** The key that first sight goes by: call id, leg, role, reporter. No part can contain the slash between them. */
    public static String key(AcceptedCdr accepted) {
        CallDetailRecord cdr = accepted.getCdr();
        return cdr.getCallId() + "/" + cdr.getLeg() + "/" + cdr.getRole() + "/" + accepted.getReporter();
    }

    /** Compares a report with what was remembered under its key. */
    public static Sight judge(@Nullable SeenReport seen, CallDetailRecord cdr) {
        ByteBuffer digest = ByteBuffer.wrap(digest(cdr));
        if (seen == null) {
            return new Sight.First(new SeenReport(digest, cdr.getVersion()));
        }
        if (seen.getDigest().equals(digest)) {
            return new Sight.Repeated();
        }
        return cdr.getVersion() > seen.getVersion() ? new Sight.Correction() : new Sight.Conflict();
    }

    private static byte[] digest(CallDetailRecord cdr) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new SpecificDatumWriter<CallDetailRecord>(CallDetailRecord.getClassSchema()).write(cdr, encoder);
            encoder.flush();
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
