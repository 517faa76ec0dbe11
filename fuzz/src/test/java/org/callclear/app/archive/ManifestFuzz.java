package org.callclear.app.archive;

import java.util.Arrays;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Swollen;

/** The manifest of an archive: it is read, and writes back as the same bytes, or refused; and it names no file elsewhere. */
public final class ManifestFuzz {
    private static final int LONGEST = 70_000;

    private ManifestFuzz() {}

    /** The file. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] content = Swollen.of(data, LONGEST);
        Manifest manifest;
        try {
            manifest = Cost.bounded(content.length, () -> ManifestJson.read(content));
        } catch (IllegalArgumentException e) {
            Holds.that(e.getMessage() != null, "a refusal without a reason");
            return;
        }
        Holds.that(Arrays.equals(ManifestJson.bytes(manifest), content), "a manifest with two forms");
        for (Manifest.Share share : manifest.shares()) {
            for (Manifest.Content file : share.files()) {
                Holds.that(
                        !file.name().contains("/") && !file.name().startsWith("."),
                        "a manifest that names a file elsewhere");
            }
        }
    }
}
