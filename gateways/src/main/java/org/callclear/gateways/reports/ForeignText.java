package org.callclear.gateways.reports;

import org.jspecify.annotations.Nullable;

/**
 * What a log may show of text that somebody else chose. A record's strings may hold line ends, control characters and
 * up to a megabyte; unchanged they could forge log lines and fill the disk.
 */
public final class ForeignText {
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_REASON = 200;

    private ForeignText() {}

    /** An id, such as a call id, a key id or a record's key: letters, digits and hyphens, at most 64 of them. */
    public static String id(@Nullable String id) {
        return cut(id, LONGEST_ID).replaceAll("[^0-9A-Za-z-]", "?");
    }

    /** A reason that may quote foreign text: printable ASCII, at most 200 characters. */
    public static String reason(@Nullable String reason) {
        return cut(reason, LONGEST_REASON).replaceAll("[^ -~]", "?");
    }

    private static String cut(@Nullable String text, int longest) {
        String whole = String.valueOf(text);
        return whole.length() <= longest ? whole : whole.substring(0, longest);
    }
}
