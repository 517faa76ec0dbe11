package org.callclear.sip.torture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One line of a shelf's manifest, and the message it is about.
 *
 * @param codec {@code whole:METHOD}, {@code whole:STATUS}, {@code faulty:STATUS} or {@code unreadable}
 * @param udp the first answer: a status, {@code stray} or {@code dropped}
 * @param tcp the same, {@code waits}, or a status and {@code closed}
 * @param read what must be read or answered
 */
record TortureMessage(
        String shelf, String name, String section, String codec, String udp, String tcp, Map<String, String> read) {
    /** All messages of a shelf. */
    static List<TortureMessage> shelf(String shelf) throws IOException {
        String manifest = new String(resource(shelf + "/manifest.txt"), StandardCharsets.UTF_8);
        return manifest.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> of(shelf, line.split(" \\| ", -1)))
                .toList();
    }

    private static TortureMessage of(String shelf, String[] fields) {
        if (fields.length != 8) {
            throw new IllegalArgumentException("manifest: " + Arrays.toString(fields));
        }
        Map<String, String> read = new LinkedHashMap<>();
        for (String pair : fields[6].equals("-") ? new String[0] : fields[6].split(";")) {
            int equals = pair.indexOf('=');
            read.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return new TortureMessage(shelf, fields[0], fields[1], fields[3], fields[4], fields[5], read);
    }

    /** The message as it goes out from this port, one character a byte. */
    String text(int port) throws IOException {
        return new String(resource(shelf + "/" + name + ".sip"), StandardCharsets.ISO_8859_1)
                .replace("@PORT@", Integer.toString(port));
    }

    private static byte[] resource(String path) throws IOException {
        try (InputStream in = TortureMessage.class.getResourceAsStream("/" + path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        }
    }

    @Override
    public String toString() {
        return section + " " + name;
    }
}
