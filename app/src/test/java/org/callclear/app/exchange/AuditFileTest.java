package org.callclear.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditFileTest {
    @Test
    void whatIsTrueDiffersInNothing() {
        assertThat(differences("cdrs-good.audit.json")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "audit-other-carrier.json, carrier, zenith, acme",
        "audit-other-file.json, file, cdrs-bad.csv, cdrs-good.csv",
        "audit-digest-off.json, sha256, 0000, ''",
        "audit-count-off.json, records, 4, 3",
        "audit-first-off.json, first, 2026-11-01T00:00:01.001Z, 2026-11-01T00:00:01.000Z",
        "audit-last-off.json, last, none, 2026-11-01T00:00:03.000Z",
        "audit-answered-off.json, answered, 3, 2",
        "audit-talk-off.json, talked_milliseconds, 120501, 120500"
    })
    void aLieIsNamedWithWhatIsSaidAndWhatIsFound(String file, String figure, String said, String found) {
        assertThat(differences(file))
                .singleElement()
                .asString()
                .startsWith(figure + ": ")
                .contains(said, found);
    }

    @Test
    void rolesThatAreOffAreBothNamed() {
        assertThat(differences("audit-roles-off.json"))
                .satisfiesExactly(
                        one -> assertThat(one).contains("ORIGINATING"),
                        two -> assertThat(two).contains("TERMINATING"));
    }

    @ParameterizedTest
    @CsvSource({
        "audit-field-missing.json, records",
        "audit-unknown-field.json, price",
        "audit-sequence-0.json, sequence",
        "audit-count-fraction.json, records",
        "audit-count-negative.json, records",
        "audit-count-beyond-all.json, records",
        "audit-no-role.json, TERMINATING",
        "audit-no-time.json, first",
        "audit-field-twice.json, records",
        "audit-not-json.json, audit-not-json.json",
        "audit-no-object.json, audit-no-object.json"
    })
    void whatIsNoAuditFileIsRefusedNamingTheField(String file, String named) {
        assertThatThrownBy(() -> AuditFile.read(Shelf.file(file)))
                .isInstanceOf(ExchangeException.class)
                .hasMessageContaining(named);
    }

    @Test
    void whatIsWrittenIsReadBackTheSame(@TempDir Path folder) throws IOException {
        AuditFile audit = AuditFile.read(Shelf.file("cdrs-good.audit.json"));
        Path copy = Files.write(folder.resolve("copy.audit.json"), audit.json());

        assertThat(AuditFile.read(copy)).isEqualTo(audit);
    }

    private static List<String> differences(String audit) {
        try (FaultReport report = new FaultReport(Path.of("never-written.csv"))) {
            Path file = Shelf.file("cdrs-good.csv");
            CheckedFile checked = FileCheck.check(file, Shelf.CARRIER, Shelf.NOW, report);
            return AuditFile.read(Shelf.file(audit))
                    .differences(Shelf.CARRIER, "cdrs-good.csv", checked.digestBytes(), checked.all());
        }
    }
}
