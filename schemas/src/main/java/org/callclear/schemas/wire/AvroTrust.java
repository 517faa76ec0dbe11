package org.callclear.schemas.wire;

import org.apache.avro.util.ClassSecurityValidator;
import org.callclear.schemas.topics.Upkeep;

/**
 * Avro makes generated classes only from packages it was told to trust, and believes any length a record claims. This
 * is the one place that tells it whom to trust, and how far.
 */
public final class AvroTrust {
    private static final String OURS = "org.callclear.schemas.avro";
    private static final String LONGEST = Integer.toString(Upkeep.LARGEST_DOCUMENT);

    private AvroTrust() {}

    /** Must run before the first record is read; harmless when repeated. */
    public static void establish() {
        // Not by system property: Avro reads that once, when its first class is touched, which may have been before.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.DEFAULT, type -> type.getPackageName().equals(OURS)));
        for (String limit : new String[] {"bytes", "string", "collectionItems"}) {
            System.setProperty("org.apache.avro.limits." + limit + ".maxLength", LONGEST);
        }
    }
}
