package org.callclear.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Machine;

/**
 * All that one call of the benchmark found.
 *
 * @param at when, UTC
 * @param command what was typed
 * @param commit of the sources
 * @param cdrs reports in the journal, repeated ones included
 * @param journalRecords grants, reports and barriers together
 * @param settings of the measured processes and of PostgreSQL
 * @param figures what was measured
 * @param asked of these figures
 * @param checks one sentence each, of what came out right or wrong
 */
public record Report(
        String at,
        String command,
        String commit,
        Machine machine,
        long cdrs,
        long journalRecords,
        List<String> settings,
        List<Figure> figures,
        List<Asked> asked,
        List<String> checks) {
    /** Writes the report as JSON and as Markdown, under one name. */
    public void write(Path folder, String name) {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(name + ".json"), json.writeValueAsString(this) + "\n", StandardCharsets.UTF_8);
            Files.writeString(folder.resolve(name + ".md"), Markdown.of(this), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": the report cannot be written", e);
        }
    }
}
