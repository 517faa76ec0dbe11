package org.callclear.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Scratch;
import org.callclear.fuzz.Swollen;
import org.callclear.schemas.call.CarrierId;

/** A configuration file: every field is read, or refused with the file and a line of it. No name is looked up. */
public final class ConfigurationFuzz {
    private static final int LONGEST = 64_000;
    private static final Path FILE = Scratch.folder("config").resolve("config.yaml");

    private ConfigurationFuzz() {}

    /** The file. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] content = Swollen.of(data, LONGEST);
        Scratch.write(FILE, content);
        try {
            Section root = Cost.bounded(content.length, () -> Section.of(FILE));
            String unused = root.make(() -> read(root));
            root.end();
        } catch (ConfigException e) {
            String why = String.valueOf(e.getMessage());
            Holds.that(why.startsWith(FILE + ":"), () -> "a refusal without a place: " + why);
        }
    }

    private static String read(Section root) {
        List<Object> read = List.of(
                root.text("instance"),
                root.text("issuer", "usual"),
                root.value("carrier", CarrierId::new),
                root.value("zone", ZoneId::of, ZoneId.of("UTC")),
                root.number("channels", 4),
                root.duration("setupTimeout", Duration.ofSeconds(6)),
                root.path("data", false));
        Section kafka = root.optionalSection("kafka");
        if (kafka != null) {
            kafka.text("bootstrapServers");
            kafka.end();
        }
        return read.toString();
    }
}
