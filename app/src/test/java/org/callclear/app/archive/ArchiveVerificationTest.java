package org.callclear.app.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryData;
import org.callclear.app.archive.Manifest.Share;
import org.callclear.settlement.period.Period;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveVerificationTest {
    private static final int FLIPS = 1_500;

    private final LoggedMonths log = new LoggedMonths(2, 12);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path archives;

    @BeforeEach
    void export() {
        archives = folder.resolve("archives");
        log.export(LoggedMonths.OCTOBER, archives, folder.resolve("keys.json"));
        log.export(LoggedMonths.NOVEMBER, archives, folder.resolve("keys.json"));
    }

    private List<String> faults() {
        return ArchiveVerification.of(archives, log.publicKey(), line -> {}).faults();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(archives)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private Path file(String period, String begin) throws IOException {
        return files().stream()
                .filter(file -> file.startsWith(archives.resolve(period))
                        && file.getFileName().toString().startsWith(begin))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatNobodyTouchedIsWhole() {
        ArchiveVerification.Found found = ArchiveVerification.of(archives, log.publicKey(), line -> {});

        assertThat(found.faults()).isEmpty();
        assertThat(found.periods()).isEqualTo(2);
        assertThat(found.records()).isGreaterThan(100);
    }

    @Test
    void oneFlippedBitAnywhereIsFoundAndItsFileNamed() throws IOException {
        Random random = new Random(7);
        List<Path> files = files();
        List<String> missed = new ArrayList<>();
        for (int flip = 0; flip < FLIPS; flip++) {
            Path file = files.get(flip % files.size());
            byte[] content = Files.readAllBytes(file);
            int bit = random.nextInt(content.length * 8);
            content[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, content);
            List<String> faults = faults();
            if (faults.stream().noneMatch(fault -> fault.contains(file.toString()))) {
                missed.add(file + " bit " + bit + ": " + faults);
            }
            content[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, content);
        }
        assertThat(missed).isEmpty();
        assertThat(faults()).isEmpty();
    }

    @Test
    void everyBitOfOneManifestCounts() throws IOException {
        Path file = archives.resolve("2026-11/manifest.json");
        byte[] content = Files.readAllBytes(file);
        ArchiveDirectory directory = new ArchiveDirectory(archives);
        for (int bit = 0; bit < content.length * 8; bit++) {
            content[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, content);
            boolean believed;
            try {
                believed = ArchiveVerification.isSigned(
                        directory.archive(LoggedMonths.NOVEMBER).manifest(), log.publicKey());
            } catch (ArchiveException e) {
                assertThat(e).hasMessageContaining(file.toString());
                believed = false;
            }
            assertThat(believed).as("bit %s", bit).isFalse();
            content[bit / 8] ^= (byte) (1 << (bit % 8));
        }
    }

    @Test
    void theBlockOfAFlippedBitIsNamed() throws IOException {
        Path file = file("2026-11", "settlement-journal.0.AcceptedCdr");
        byte[] content = Files.readAllBytes(file);
        // In the mark that ends the last block.
        content[content.length - 10] ^= 1;
        Files.write(file, content);

        assertThat(faults())
                .singleElement()
                .asString()
                .contains(file.toString())
                .contains("bytes 0 to")
                .contains("block");
    }

    @Test
    void aLengthThatDamageMadeHugeIsToldAndNotBelieved() throws IOException {
        Path file = file("2026-11", "settlement-journal.0.AcceptedCdr");
        byte[] content = Files.readAllBytes(file);
        int block = begin(file);
        // The number of records, which is below 64 and so has one byte; then 1.9 GB, more than this machine gives.
        BinaryData.encodeLong(1_900_000_000L, content, block + 1);
        Files.write(file, content);

        assertThat(faults())
                .singleElement()
                .asString()
                .contains(file.toString())
                .contains("the block at byte " + block + " should have 1900000000 bytes");
    }

    private static int begin(Path file) throws IOException {
        try (DataFileReader<Object> reader = new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
            return Math.toIntExact(reader.previousSync());
        }
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        for (Path file : files()) {
            Path away = folder.resolve("away");
            Files.move(file, away);
            assertThat(faults()).as(file.toString()).anyMatch(fault -> fault.contains(file.toString()));
            Files.move(away, file);
        }
        assertThat(faults()).isEmpty();
    }

    @Test
    void anAddedFileIsNamed() throws IOException {
        for (String name : List.of("2026-10/more.avro", "2026-10/.hidden", "more", "2026-11/manifest.json~")) {
            Path file = Files.writeString(archives.resolve(name), "more");
            assertThat(faults()).singleElement().asString().contains(file.toString());
            Files.delete(file);
        }
    }

    @Test
    void aTruncatedRenamedOrLinkedFileIsNamed() throws IOException {
        Path file = file("2026-10", "disputes.0.Dispute");
        byte[] content = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, content.length / 2, content.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(content, length));
            assertThat(faults()).singleElement().asString().contains(file.toString());
        }
        Files.write(file, content);
        Path renamed = file.resolveSibling("disputes.0.Dispute.77.avro");
        Files.move(file, renamed);
        assertThat(faults())
                .hasSize(2)
                .anyMatch(f -> f.contains(renamed.toString()))
                .anyMatch(f -> f.contains(file.toString()));
        Files.createSymbolicLink(file, renamed);
        assertThat(faults()).hasSize(2).anyMatch(fault -> fault.contains(file + ": is missing"));
    }

    @Test
    void swappedFilesAreNamed() throws IOException {
        Path one = file("2026-10", "settlement-journal.0.Grant");
        Path other = file("2026-11", "settlement-journal.0.Grant");
        Path away = folder.resolve("away");
        Files.move(one, away);
        Files.move(other, one);
        Files.move(away, other);
        assertThat(faults().toString()).contains(one.toString()).contains(other.toString());
    }

    @Test
    void periodsThatWereSwappedOrLeftOutAreNamed() throws IOException {
        Path october = archives.resolve("2026-10");
        Path november = archives.resolve("2026-11");
        Path away = folder.resolve("away");
        Files.move(october, away);
        assertThat(faults()).anyMatch(fault -> fault.contains("follows an archive that is not there"));
        Files.move(november, october);
        Files.move(away, november);
        assertThat(faults()).hasSize(2).allMatch(fault -> fault.contains("is the manifest of"));
    }

    @Test
    void anArchiveSignedByAStrangerIsNamed() {
        LoggedMonths stranger = new LoggedMonths(3, 2);

        List<String> faults = ArchiveVerification.of(archives, stranger.publicKey(), line -> {})
                .faults();

        assertThat(faults).hasSize(2).allMatch(fault -> fault.contains("is not signed with this key"));
    }

    @Test
    void anotherSystemsNextPeriodDoesNotFollow() throws IOException {
        LoggedMonths other = new LoggedMonths(4, 12);
        Path theirs = folder.resolve("theirs");
        other.export(LoggedMonths.OCTOBER, theirs, folder.resolve("their-keys.json"));
        try (Stream<Path> files = Files.list(archives.resolve("2026-10"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.list(theirs.resolve("2026-10"))) {
            for (Path file : files.toList()) {
                Files.copy(file, archives.resolve("2026-10").resolve(file.getFileName()));
            }
        }

        List<String> faults = ArchiveVerification.of(archives, null, line -> {}).faults();

        assertThat(faults).anyMatch(fault -> fault.contains("2026-11/manifest.json: does not follow"));
    }

    /** Signs a manifest with the right key that says something else. */
    private void say(Period period, UnaryOperator<Share> change) throws IOException {
        Manifest manifest = new ArchiveDirectory(archives).archive(period).manifest();
        Manifest unsigned = new Manifest(
                period,
                manifest.engine(),
                manifest.createdAt(),
                manifest.previous(),
                manifest.keyFile(),
                manifest.shares().stream().map(change).toList(),
                new Manifest.Signature("statements-1", ""));
        byte[] signature = log.signer().sign(ManifestJson.bytes(unsigned));
        Files.write(
                archives.resolve(ArchiveDirectory.name(period)).resolve(Manifest.FILE),
                ManifestJson.bytes(unsigned.signed(
                        new Manifest.Signature("statements-1", HexFormat.of().formatHex(signature)))));
    }

    private static Share with(Share share, long from, long to, List<Manifest.Content> files) {
        return new Share(
                share.topic(), share.partition(), share.kind(), from, Math.max(from, share.begin()), to, files);
    }

    @Test
    void aJournalWithoutTheBarrierThatClosesThePeriodIsNamed() throws IOException {
        say(LoggedMonths.NOVEMBER, share -> {
            if (!share.place().equals("settlement-journal partition 0")) {
                return share;
            }
            List<Manifest.Content> others = share.files().stream()
                    .filter(file -> !file.type().equals("PeriodBarrier"))
                    .toList();
            long last = others.stream().mapToLong(Manifest.Content::last).max().orElseThrow();
            return with(share, share.from(), last + 1, others);
        });
        Files.delete(file("2026-11", "settlement-journal.0.PeriodBarrier"));

        assertThat(faults())
                .singleElement()
                .asString()
                .contains("2026-11/manifest.json: settlement-journal partition 0")
                .contains("the barrier that closes 2026-11, which is not in it");
    }

    @Test
    void aPartitionOfTheJournalThatWasLeftOutIsNamed() throws IOException {
        for (String period : List.of("2026-10", "2026-11")) {
            for (Path file : files()) {
                if (file.startsWith(archives.resolve(period))
                        && file.getFileName().toString().startsWith("settlement-journal.1")) {
                    Files.delete(file);
                }
            }
            say(
                    LoggedMonths.period(period),
                    share -> share.place().equals("settlement-journal partition 1")
                            ? new Share("disputes", 9, ArchivedTopics.Kind.EVIDENCE, 0, 0, 0, List.of())
                            : share);
        }

        assertThat(faults())
                .anyMatch(fault ->
                        fault.contains("2026-11/manifest.json: settlement-journal partition 0: the barrier that"
                                + " closes 2026-11 stands in 2 partitions; the archive has 1"));
    }

    @Test
    void aShareThatBeginsElsewhereThanAtZeroOrWhereTheLastEndedIsNamed() throws IOException {
        Path lost = folder.resolve("lost");
        log.source.forget("reconciled-calls", 0, 7);
        log.export(LoggedMonths.OCTOBER, lost, folder.resolve("keys.json"));
        archives = lost;
        assertThat(faults()).isEmpty();

        say(
                LoggedMonths.OCTOBER,
                share -> share.topic().equals("reconciled-calls") ? with(share, 7, share.to(), share.files()) : share);

        assertThat(faults())
                .singleElement()
                .asString()
                .contains("2026-10/manifest.json: reconciled-calls partition 0: begins at 7")
                .contains("no archive before it has offset 0");
    }

    @Test
    void aRecordThatTheManifestCountsAndNobodyHasIsNamed() throws IOException {
        say(
                LoggedMonths.NOVEMBER,
                share -> with(
                        share,
                        share.from(),
                        share.to(),
                        share.files().stream()
                                .map(file -> new Manifest.Content(
                                        file.name(),
                                        file.type(),
                                        file.schemaId(),
                                        file.fingerprint(),
                                        file.records()
                                                + (file.name().startsWith("settlement-journal.0.AcceptedCdr") ? 1 : 0),
                                        file.first(),
                                        file.last(),
                                        file.sum()))
                                .toList()));

        assertThat(faults())
                .singleElement()
                .asString()
                .contains("settlement-journal.0")
                .contains("the manifest says");
    }
}
