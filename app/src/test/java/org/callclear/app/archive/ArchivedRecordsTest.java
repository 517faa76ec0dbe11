package org.callclear.app.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.ReconciledCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay takes from archives is what was archived. */
class ArchivedRecordsTest {
    private final LoggedMonths log = new LoggedMonths(7, 8);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    private List<SpecificRecord> read(Path archives) {
        List<SpecificRecord> records = new ArrayList<>();
        ArchivedRecords.read(archives, "reconciled-calls"::equals, records::add);
        return records;
    }

    @Test
    void aWellFormedFileThatSaysSomethingElseIsNotUsed() throws IOException {
        Path archives = folder.resolve("archives");
        log.export(LoggedMonths.OCTOBER, archives, folder.resolve("keys.json"));
        assertThat(read(archives)).hasSizeGreaterThan(10).hasOnlyElementsOfType(ReconciledCall.class);

        Path file = file(archives);
        forge(file);

        List<SpecificRecord> used = new ArrayList<>();
        assertThatThrownBy(() -> ArchivedRecords.read(archives, "reconciled-calls"::equals, used::add))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(file + ": is not what it was when 2026-10 was archived");
        assertThat(used).isEmpty();
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Path archives = folder.resolve("archives");
        log.export(LoggedMonths.OCTOBER, archives, folder.resolve("keys.json"));
        Path file = file(archives);
        Files.delete(file);

        assertThatThrownBy(() -> read(archives))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining(file + ": is missing");
    }

    private static Path file(Path archives) throws IOException {
        try (Stream<Path> all = Files.list(archives.resolve("2026-10"))) {
            return all.filter(file -> file.getFileName().toString().startsWith("reconciled-calls.0.ReconciledCall"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Another period in every record, in a file that any reader takes. */
    private void forge(Path file) throws IOException {
        Path forged = folder.resolve("forged.avro");
        try (DataFileReader<GenericRecord> reader = new DataFileReader<>(file.toFile(), new GenericDatumReader<>());
                DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
            writer.create(reader.getSchema(), forged.toFile());
            for (GenericRecord record : reader) {
                ((GenericRecord) record.get("value")).put("period", "2026-12");
                writer.append(record);
            }
        }
        Files.move(forged, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
