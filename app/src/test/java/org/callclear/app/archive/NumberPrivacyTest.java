package org.callclear.app.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.topics.Topic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberPrivacyTest {
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

    private final LoggedMonths log = new LoggedMonths(5, 20);
    private final List<String> warnings = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path archives;

    @SuppressWarnings("NullAway.Init") // before each test
    private Path keys;

    @BeforeEach
    void export() {
        archives = folder.resolve("archives");
        keys = folder.resolve("keys.json");
        log.export(LoggedMonths.OCTOBER, archives, keys);
        log.export(LoggedMonths.NOVEMBER, archives, keys);
    }

    private ErasureLog erasures() {
        return new ErasureLog(keys, LoggedMonths.CLOCK, warnings::add);
    }

    @Test
    void noNumberStandsInAnArchive() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(archives)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                if (file.toString().endsWith(".avro")) {
                    try (DataFileReader<GenericRecord> reader =
                            new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
                        reader.forEach(record -> all.append(record));
                    }
                }
            }
        }
        String text = all.toString();
        assertThat(text).contains("acme").contains("~1.");
        assertThat(log.numbers).hasSizeGreaterThan(80).allMatch(number -> !text.contains(number));
    }

    @Test
    void equalNumbersOfACallAreEqualInAllItsRecordsAndOthersAreNot() throws IOException {
        Map<String, Set<String>> calledByCall = new HashMap<>();
        Set<String> grants = new HashSet<>();
        ArchiveLog journal = ArchiveLog.open(archives, null);
        for (int partition = 0; partition < journal.partitions(); partition++) {
            journal.read(partition, 0, journal.end(partition), (offset, timestamp, record) -> {
                if (record instanceof Grant grant) {
                    grants.add(grant.getCalled());
                    calledByCall
                            .computeIfAbsent(grant.getCallId(), unused -> new HashSet<>())
                            .add(grant.getCalled() + " " + grant.getCalling());
                } else if (record instanceof AcceptedCdr accepted) {
                    calledByCall
                            .computeIfAbsent(accepted.getCdr().getCallId(), unused -> new HashSet<>())
                            .add(accepted.getCdr().getCalled() + " "
                                    + accepted.getCdr().getCalling());
                }
            });
        }
        assertThat(calledByCall.values()).hasSize(40).allMatch(names -> names.size() == 1);
        assertThat(grants).hasSize(40).allMatch(number -> number.startsWith("~1."));
    }

    @Test
    void afterAnErasureAllStillVerifiesAndTheJournalReadsTheSame() throws IOException {
        Map<String, String> before = ArchiveExportTest.digests(archives);
        List<String> journal = journal();

        erasures().erase("acme", OCTOBER, "dpo", "request 17");

        assertThat(ArchiveExportTest.digests(archives)).isEqualTo(before);
        assertThat(ArchiveVerification.of(archives, log.publicKey(), line -> {}).faults())
                .isEmpty();
        assertThat(journal()).isEqualTo(journal);
    }

    private List<String> journal() throws IOException {
        List<String> all = new ArrayList<>();
        ArchiveLog journal = ArchiveLog.open(archives, null);
        for (int partition = 0; partition < journal.partitions(); partition++) {
            journal.read(
                    partition, 0, journal.end(partition), (offset, timestamp, record) -> all.add(record.toString()));
        }
        return all;
    }

    @Test
    void whatIsErasedIsShownAsErasedAndTheRestIsNot() {
        erasures().erase("acme", OCTOBER, "dpo", "request 17");

        String firstOfNovember = CallId.mint(Instant.parse("2026-11-01T00:00:00Z"), new Random(1))
                .toString();
        int erased = 0;
        int shown = 0;
        for (JsonNode line : shown(NumberKeys.read(keys), false)) {
            JsonNode value = line.path("value");
            if (value.has("called") && value.has("originatingCarrier")) {
                boolean gone = value.path("originatingCarrier").asText().equals("acme")
                        && value.path("callId").asText().compareTo(firstOfNovember) < 0;
                assertThat(value.path("called").asText().equals("erased")).isEqualTo(gone);
                if (gone) {
                    erased++;
                } else {
                    assertThat(log.numbers).contains(value.path("called").asText());
                    shown++;
                }
            }
        }
        assertThat(erased).isGreaterThan(20);
        assertThat(shown).isGreaterThan(10);
    }

    @Test
    void numbersAreMaskedUnlessTheyAreAskedFor() {
        String text = shown(NumberKeys.read(keys), true).toString();

        assertThat(text).contains("********");
        assertThat(log.numbers).allMatch(number -> !text.contains(number));
    }

    private List<JsonNode> shown(NumberKeys with, boolean masked) {
        List<JsonNode> lines = new ArrayList<>();
        new ArchiveShow(archives, with, masked).period(LoggedMonths.OCTOBER, "", "", lines::add);
        return lines;
    }

    @Test
    void anErasedKeyIsNowhereInItsFilesAnyMore() throws IOException {
        String before = Files.readString(keys);
        List<String> hex = Pattern.compile("[0-9a-f]{64}")
                .matcher(before)
                .results()
                .map(MatchResult::group)
                .toList();

        erasures().erase("acme", OCTOBER, "dpo", "request 17");

        StringBuilder after = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                after.append(Files.readString(file));
            }
        }
        assertThat(hex.stream().filter(key -> after.indexOf(key) < 0)).hasSize(1);
        assertThat(hex).hasSizeGreaterThan(4);
    }

    @Test
    void whoErasedWhenAndWhyIsKept() throws IOException {
        erasures().erase("acme", OCTOBER, "dpo", "request 17");
        erasures().erase("lumen", OCTOBER, "dpo", "request 18");

        String id = NumberKeys.read(keys).id();
        String at = "2027-02-03T04:05:06.789Z";
        assertThat(erasures().entries())
                .containsExactly(
                        new ErasureLog.Erasure("acme", "2026-10", at, "dpo", "request 17", id),
                        new ErasureLog.Erasure("lumen", "2026-10", at, "dpo", "request 18", id));

        Path file = folder.resolve("keys.json.erasures");
        Files.writeString(file, Files.readString(file).replace("request 17", "request 71"));
        assertThatThrownBy(() -> erasures().entries())
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(file + ":2");
    }

    @Test
    void whatCannotBeErasedIsSaid() {
        erasures().erase("acme", OCTOBER, "dpo", "request 17");

        assertThatThrownBy(() -> erasures().erase("acme", OCTOBER, "dpo", "again"))
                .hasMessageContaining("was erased before");
        assertThatThrownBy(() -> erasures().erase("nobody", OCTOBER, "dpo", "why"))
                .hasMessageContaining("there is no key of nobody 2026-10");
        assertThatThrownBy(() -> erasures().erase("Not A Carrier", OCTOBER, "dpo", "why"))
                .isInstanceOf(ArchiveException.class);
        Clock then = Clock.fixed(Instant.parse("2026-10-31T23:59:59Z"), ZoneOffset.UTC);
        assertThatThrownBy(() -> new ErasureLog(keys, then, warnings::add).erase("lumen", OCTOBER, "dpo", "early"))
                .hasMessageContaining("is not over");
        assertThat(erasures().entries()).hasSize(1);
    }

    @Test
    void whatIsArchivedAfterAnErasureGetsANewKeyAndTheOldOneStaysGone() throws IOException {
        erasures().erase("acme", OCTOBER, "dpo", "request 17");

        log.export(LoggedMonths.OCTOBER, folder.resolve("again"), keys);

        NumberKeys after = NumberKeys.read(keys);
        assertThat(after.isErased(new KeyName("acme", OCTOBER), 1)).isTrue();
        assertThat(after.alive(new KeyName("acme", OCTOBER))).containsExactly(2);
    }

    @Test
    void aCipherGivesBackWhatItSealedAndRefusesWhatNobodySealed() {
        Random random = new Random(1);
        byte[] key = new byte[NumberCipher.KEY_BYTES];
        random.nextBytes(key);
        NumberCipher cipher = new NumberCipher(key);
        random.nextBytes(key);
        NumberCipher other = new NumberCipher(key);
        for (int length = 0; length < 70; length++) {
            byte[] text = new byte[length];
            random.nextBytes(text);
            byte[] sealed = cipher.seal(text);
            assertThat(cipher.open(sealed).orElseThrow()).isEqualTo(text);
            assertThat(sealed).isEqualTo(cipher.seal(text.clone())).isNotEqualTo(other.seal(text));
            assertThat(other.open(sealed)).isEmpty();
            for (int bit = 0; bit < sealed.length * 8; bit++) {
                sealed[bit / 8] ^= (byte) (1 << (bit % 8));
                assertThat(cipher.open(sealed)).isEmpty();
                sealed[bit / 8] ^= (byte) (1 << (bit % 8));
            }
        }
        assertThat(cipher.seal(new byte[7])).hasSameSizeAs(cipher.seal(new byte[15]));
    }

    @Test
    void everyFieldThatTheSchemasCallANumberIsHidden() {
        List<String> found = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (ArchivedTopics.kind(topic.template().replace("<id>", "acme")).isPresent()) {
                topic.records().forEach(schema -> numbers(schema, new HashSet<>(), found));
            }
        }
        assertThat(found).isNotEmpty().allMatch(name -> name.equals("calling") || name.equals("called"));
    }

    private static void numbers(Schema schema, Set<String> seen, List<String> found) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    for (Schema.Field field : schema.getFields()) {
                        String doc = String.valueOf(field.doc()).toLowerCase(java.util.Locale.ROOT);
                        if (field.schema().getType() == Schema.Type.STRING
                                && (doc.contains("number, e.164")
                                        || doc.contains("calling number")
                                        || doc.contains("called number")
                                        || doc.contains("phone number,"))) {
                            found.add(field.name());
                        }
                        numbers(field.schema(), seen, found);
                    }
                }
            }
            case ARRAY -> numbers(schema.getElementType(), seen, found);
            case UNION -> schema.getTypes().forEach(type -> numbers(type, seen, found));
            default -> {}
        }
    }
}
