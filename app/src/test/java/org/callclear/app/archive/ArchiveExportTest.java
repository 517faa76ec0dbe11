package org.callclear.app.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.proof.Hashes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveExportTest {
    private final LoggedMonths log = new LoggedMonths(1, 40);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path archives;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path keys;

    @BeforeEach
    void places() {
        archives = folder.resolve("archives");
        keys = folder.resolve("keys.json");
    }

    @Test
    void anyAvroToolReadsTheFiles() throws IOException {
        log.export(LoggedMonths.OCTOBER, archives, keys);

        List<Long> offsets = new ArrayList<>();
        for (Path file : files(archives.resolve("2026-10"), ".avro")) {
            try (DataFileReader<GenericRecord> reader =
                    new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
                assertThat(reader.getMetaString("callclear.period")).isEqualTo("2026-10");
                for (GenericRecord record : reader) {
                    if (file.getFileName().toString().startsWith("settlement-journal.0")) {
                        offsets.add((Long) record.get("offset"));
                    }
                    assertThat(record.hasField("timestamp") && record.hasField("key") && record.hasField("headers"))
                            .isTrue();
                }
            }
        }
        assertThat(offsets).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    }

    @Test
    void everyRecordComesOutAsItWasByteForByte() throws IOException {
        log.export(LoggedMonths.OCTOBER, archives, keys);
        log.export(LoggedMonths.NOVEMBER, archives, keys);

        Map<String, List<String>> kept = new TreeMap<>();
        NumberKeys with = NumberKeys.read(keys);
        ArchiveDirectory directory = new ArchiveDirectory(archives);
        for (var period : directory.periods()) {
            ArchiveDirectory.Archive archive = directory.archive(period);
            for (Manifest.Share share : archive.manifest().shares()) {
                List<String> records = kept.computeIfAbsent(share.place(), unused -> new ArrayList<>());
                if (share.kind() == ArchivedTopics.Kind.STATE) {
                    records.clear();
                }
                try (ShareReader reader = new ShareReader(archive.path(), share, KeptReader.Form.WRITTEN)) {
                    for (Kept record = reader.next(); record != null; record = reader.next()) {
                        records.add(shown(
                                record.offset(),
                                record.timestamp(),
                                record.originalKey(share.topic(), with),
                                record.original(share.topic(), with),
                                record.headers().stream()
                                        .map(header -> shown(header.name(), header.value()))
                                        .toList()));
                    }
                }
            }
        }
        assertThat(kept.keySet())
                .containsExactly(
                        "carrier.acme.cdrs partition 0",
                        "carriers partition 0",
                        "cdr-rejected partition 0",
                        "disputes partition 0",
                        "reconciled-calls partition 0",
                        "settlement-journal partition 0",
                        "settlement-journal partition 1");
        kept.forEach((place, records) -> {
            String topic = place.substring(0, place.indexOf(' '));
            int partition = Integer.parseInt(place.substring(place.length() - 1));
            boolean isJournal = topic.equals(LoggedMonths.JOURNAL);
            List<String> expected = log.source.records(topic, partition).stream()
                    .map(ArchiveExportTest::shown)
                    .toList();
            assertThat(records).isEqualTo(isJournal ? expected.subList(0, records.size()) : expected);
            assertThat(records.size()).isGreaterThan(isJournal ? expected.size() - 8 : 1);
        });
    }

    private static String shown(ConsumerRecord<byte[], byte[]> record) {
        List<String> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(shown(header.key(), header.value())));
        return shown(record.offset(), record.timestamp(), record.key(), record.value(), headers);
    }

    private static String shown(String header, byte @Nullable [] value) {
        return header + "=" + (value == null ? "-" : HexFormat.of().formatHex(value));
    }

    private static String shown(
            long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value, List<String> headers) {
        return offset + " " + timestamp + " " + (key == null ? "-" : Hashes.hex(key)) + " "
                + (value == null ? "-" : Hashes.hex(value)) + " " + headers;
    }

    @Test
    void theJournalReadFromTheArchivesIsTheJournal() throws IOException {
        log.export(LoggedMonths.OCTOBER, archives, keys);
        log.export(LoggedMonths.NOVEMBER, archives, keys);

        ArchiveLog read = ArchiveLog.open(archives, NumberKeys.read(keys));

        assertThat(read.partitions()).isEqualTo(LoggedMonths.PARTITIONS);
        for (int partition = 0; partition < read.partitions(); partition++) {
            long end = read.end(partition);
            List<String> expected = log.source.records(LoggedMonths.JOURNAL, partition).stream()
                    .filter(record -> record.offset() < end)
                    .map(record -> record.offset() + " " + record.timestamp() + " " + Hashes.hex(record.value()))
                    .toList();
            List<String> found = new ArrayList<>();
            read.read(
                    partition,
                    read.begin(partition),
                    end,
                    (offset, timestamp, record) ->
                            found.add(offset + " " + timestamp + " " + Hashes.hex(log.framed(record))));
            assertThat(found).isEqualTo(expected).hasSizeGreaterThan(60);
            List<Long> part = new ArrayList<>();
            read.read(partition, 5, 20, (offset, timestamp, record) -> part.add(offset));
            assertThat(part).isNotEmpty().allMatch(offset -> offset >= 5 && offset < 20);
        }
    }

    @Test
    void nothingSecretIsEvenRead() {
        log.export(LoggedMonths.OCTOBER, archives, keys);

        assertThat(log.source.read)
                .containsExactly(
                        "carrier.acme.cdrs",
                        "carriers",
                        "cdr-rejected",
                        "disputes",
                        "reconciled-calls",
                        "settlement-journal");
    }

    @Test
    void allOfItIsItsOwnersAlone() throws IOException {
        log.export(LoggedMonths.OCTOBER, archives, keys);

        try (Stream<Path> all = Files.walk(archives)) {
            for (Path path : all.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .endsWith("------");
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rw-------");
    }

    @Test
    void aPeriodThatIsOpenIsRefused() {
        log.export(LoggedMonths.OCTOBER, archives, keys);
        log.export(LoggedMonths.NOVEMBER, archives, keys);

        assertThatThrownBy(() -> log.export(LoggedMonths.period("2026-12"), archives, keys))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("2026-12")
                .hasMessageContaining("not closed");
        assertThat(archives.resolve("2026-12")).doesNotExist();
    }

    @Test
    void aPeriodOfAnotherCalendarOrAnotherTimeIsRefused() {
        assertThatThrownBy(() -> log.export(LoggedMonths.period("2026-10@Europe/Berlin"), archives, keys))
                .hasMessageContaining("not closed");
        assertThatThrownBy(() -> log.export(LoggedMonths.NOVEMBER, archives, keys))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("export 2026-10 first");
    }

    @Test
    void exportedAgainItSaysSoAndChangesNothing() throws IOException {
        assertThat(log.export(LoggedMonths.OCTOBER, archives, keys).fresh()).isTrue();
        Map<String, String> before = digests(archives);
        log.source.read.clear();

        ArchiveExport.Done again = log.export(LoggedMonths.OCTOBER, archives, keys);

        assertThat(again.fresh()).isFalse();
        assertThat(digests(archives)).isEqualTo(before);
        assertThat(log.source.read).isEmpty();
    }

    @Test
    void whatAnotherExportCompletedBetweenTheLookAndTheLockIsNotWrittenAgain() throws IOException {
        Map<String, String> before = new TreeMap<>();
        try (NumberKeys with = NumberKeys.change(keys)) {
            ArchiveExport other = new ArchiveExport(log.source, with, log.signer(), LoggedMonths.CLOCK, line -> {});
            RecordSource slow = new CutSource(log.source, record -> true) {
                @Override
                public List<Period> openPeriods() {
                    other.run(LoggedMonths.OCTOBER, archives);
                    try {
                        before.putAll(digests(archives));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    log.source.read.clear();
                    return super.openPeriods();
                }
            };
            Clock later = Clock.offset(LoggedMonths.CLOCK, Duration.ofHours(1));

            ArchiveExport.Done done =
                    new ArchiveExport(slow, with, log.signer(), later, line -> {}).run(LoggedMonths.OCTOBER, archives);

            assertThat(done.fresh()).isFalse();
        }
        assertThat(digests(archives)).isEqualTo(before).isNotEmpty();
        assertThat(log.source.read).isEmpty();
    }

    @Test
    void anExportThatWasCutOffAnywhereGoesOnWithWhatIsWhole() throws IOException {
        log.export(LoggedMonths.OCTOBER, folder.resolve("straight"), keys);
        Map<String, String> straight = digests(folder.resolve("straight"));
        int cdrs = log.source.records("carrier.acme.cdrs", 0).size();
        for (int after = 0; after < 260; after += 13) {
            Path into = folder.resolve("cut-" + after);
            int[] left = {after};
            CutSource cut = new CutSource(log.source, record -> left[0]-- > 0);
            try {
                log.export(cut, LoggedMonths.OCTOBER, into, keys);
            } catch (IllegalStateException e) {
                assertThat(into.resolve("2026-10/manifest.json")).doesNotExist();
            }
            log.source.read.clear();
            log.export(LoggedMonths.OCTOBER, into, keys);

            assertThat(digests(into)).isEqualTo(straight);
            assertThat(log.source.read.contains("carrier.acme.cdrs")).isEqualTo(after < cdrs);
        }
    }

    /** Dies when it is told to. */
    private static class CutSource implements RecordSource {
        private final MemorySource of;
        private final Predicate<ConsumerRecord<byte[], byte[]>> lives;

        CutSource(MemorySource of, Predicate<ConsumerRecord<byte[], byte[]>> lives) {
            this.of = of;
            this.lives = lives;
        }

        @Override
        public SortedSet<String> topics() {
            return of.topics();
        }

        @Override
        public SortedMap<Integer, Reach> reaches(String topic) {
            return of.reaches(topic);
        }

        @Override
        public List<Period> openPeriods() {
            return of.openPeriods();
        }

        @Override
        public void read(
                String topic, int partition, long from, long to, Predicate<ConsumerRecord<byte[], byte[]>> taker) {
            of.read(topic, partition, from, to, record -> {
                if (!lives.test(record)) {
                    throw new IllegalStateException("cut off");
                }
                return taker.test(record);
            });
        }

        @Override
        public Optional<Schema> schema(int id) {
            return of.schema(id);
        }

        @Override
        public void close() {}
    }

    @Test
    void whatTheJournalHasLostIsSaid() {
        log.source.forget(LoggedMonths.JOURNAL, 1, 3);

        assertThatThrownBy(() -> log.export(LoggedMonths.OCTOBER, archives, keys))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("settlement-journal partition 1")
                .hasMessageContaining("from 0 on it is gone");
    }

    @Test
    void whatRetentionTookWhileAnExportWasCutOffIsNotLeftOutInSilence() {
        CutSource cut = new CutSource(log.source, record -> false);
        assertThatThrownBy(() -> log.export(cut, LoggedMonths.OCTOBER, archives, keys))
                .isInstanceOf(IllegalStateException.class);
        log.source.forget("reconciled-calls", 0, 7);

        assertThatThrownBy(() -> log.export(LoggedMonths.OCTOBER, archives, keys))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("reconciled-calls partition 0")
                .hasMessageContaining("from offset 0")
                .hasMessageContaining("first offset there is 7");
        assertThat(archives.resolve("2026-10/manifest.json")).doesNotExist();
    }

    @Test
    void whatEvidenceHasLostBeforeItsFirstExportIsTold() {
        log.source.forget("reconciled-calls", 0, 7);
        List<String> told = new ArrayList<>();

        try (NumberKeys with = NumberKeys.change(keys)) {
            new ArchiveExport(log.source, with, log.signer(), LoggedMonths.CLOCK, told::add)
                    .run(LoggedMonths.OCTOBER, archives);
        }

        assertThat(told).contains("reconciled-calls partition 0: begins at offset 7; from 0 on it is gone");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsOneClearError() throws IOException {
        Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> log.export(LoggedMonths.OCTOBER, folder.resolve("file/archives"), keys))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("file");
    }

    private static List<Path> files(Path directory, String end) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    static Map<String, String> digests(Path directory) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                digests.put(directory.relativize(file).toString(), Hashes.hex(Files.readAllBytes(file)));
            }
        }
        return digests;
    }
}
