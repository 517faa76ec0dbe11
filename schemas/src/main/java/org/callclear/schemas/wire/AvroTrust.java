package org.callclear.schemas.wire;

/**
 * Avro makes generated classes only from packages it was told to trust, and believes any length a record claims. This
 * is the one place that tells it whom to trust, and how far.
 */
public final class AvroTrust {
    private static final String PROPERTY = "org.apache.avro.SERIALIZABLE_PACKAGES";
    private static final String OURS = "org.callclear.schemas.avro";

    private static final String LONGEST = Integer.toString(1 << 20);

    private AvroTrust() {}

    /** Must run before the first record is read; harmless when repeated. */
    public static void establish() {
        String trusted = System.getProperty(PROPERTY, "");
        if (!trusted.contains(OURS)) {
            System.setProperty(PROPERTY, trusted.isEmpty() ? OURS : trusted + "," + OURS);
        }
        for (String limit : new String[] {"bytes", "string", "collectionItems"}) {
            System.setProperty("org.apache.avro.limits." + limit + ".maxLength", LONGEST);
        }
    }
}
