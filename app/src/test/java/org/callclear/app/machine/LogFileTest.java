package org.callclear.app.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogFileTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogFileTest.class);
    private static final int LINES = 200;
    private static final FileSize LONGEST = FileSize.valueOf("2KB");
    private static final FileSize ALL = FileSize.valueOf("1MB");

    @TempDir
    Path data;

    @Test
    void whatIsLongIsPutAsideAndNoLineIsLost() throws Exception {
        write(new LogFile.Kept(LONGEST, ALL, 90));

        assertThat(old()).hasSizeGreaterThan(LINES / 40);
        StringBuilder all = new StringBuilder();
        for (Path file : old()) {
            try (GZIPInputStream unpacked = new GZIPInputStream(Files.newInputStream(file))) {
                String text = new String(unpacked.readAllBytes(), UTF_8);
                assertThat(text.length()).isLessThan(2 * (int) LONGEST.getSize());
                all.append(text);
            }
        }
        all.append(Files.readString(data.resolve("callclear.log")));
        for (int line = 0; line < LINES; line++) {
            assertThat(all).contains("line " + line + " of");
        }
    }

    @Test
    void theOldestGo() throws Exception {
        write(new LogFile.Kept(LONGEST, ALL, 90));
        List<Path> before = old();
        long half = size(before) / 2;

        write(new LogFile.Kept(LONGEST, new FileSize(half), 90));

        assertThat(size(old())).isBetween(1L, half + LONGEST.getSize());
        assertThat(before).as("some of those that were there first").anyMatch(Files::notExists);
    }

    @Test
    void aDirectoryWhoseNameIsNoPatternIsLoggedToAllTheSame() throws Exception {
        data = Files.createDirectory(data.resolve("100%d"));

        write(new LogFile.Kept(LONGEST, ALL, 90));

        assertThat(Files.readString(data.resolve("callclear.log")))
                .contains("grows without end", "line 0 of", "line " + (LINES - 1) + " of");
    }

    @Test
    void afterItsEndNothingIsWritten() throws Exception {
        write(new LogFile.Kept(LONGEST, ALL, 90));
        LOG.warn("after the end");

        assertThat(Files.readString(data.resolve("callclear.log"))).doesNotContain("after the end");
    }

    private void write(LogFile.Kept kept) throws Exception {
        try (AutoCloseable log = LogFile.in(data, kept)) {
            assertThat(log).isInstanceOf(LogFile.class);
            for (int line = 0; line < LINES; line++) {
                LOG.warn("line {} of a test", line);
            }
        }
    }

    private static long size(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private List<Path> old() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("logs"))) {
            return files.sorted().toList();
        }
    }
}
