package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.callclear.settlement.evidence.EvidenceCheck;
import org.callclear.settlement.evidence.Finding;
import org.callclear.settlement.evidence.SealedStatement;

/** What checking some files came to. */
final class EvidenceReport {
    private static final long LARGEST = 256L << 20;

    private final EvidenceCheck check;
    private final List<Checked> all = new ArrayList<>();

    private record Checked(Path file, Finding finding) {}

    EvidenceReport(EvidenceCheck check) {
        this.check = check;
    }

    /** One file more. */
    void add(Path file) {
        all.add(new Checked(file, finding(file)));
    }

    private Finding finding(Path file) {
        try {
            return Files.size(file) > LARGEST
                    ? new Finding.Bad("larger than " + LARGEST + " bytes")
                    : check.check(Files.readAllBytes(file));
        } catch (IOException e) {
            return new Finding.Bad("cannot be read: " + Failures.why(e));
        }
    }

    private List<SealedStatement> statements() {
        return all.stream()
                .filter(one -> one.finding() instanceof Finding.Sealed)
                .map(one -> ((Finding.Sealed) one.finding()).statement())
                .toList();
    }

    private Optional<String> chainFault() {
        return EvidenceCheck.chainFault(statements());
    }

    private boolean isChain() {
        return statements().size() > 1;
    }

    /** Whether everything holds. */
    boolean holds() {
        return all.stream().noneMatch(one -> one.finding() instanceof Finding.Bad)
                && chainFault().isEmpty();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        all.forEach(one -> lines.add(line(one)));
        if (isChain()) {
            lines.add(chainFault()
                    .map(fault -> "BAD  chain: " + fault)
                    .orElse("OK   chain: " + statements().size() + " statements, each after the one before it"));
        }
        return lines;
    }

    private static String line(Checked one) {
        return switch (one.finding()) {
            case Finding.Sealed sealed -> "OK   " + one.file() + ": " + EvidenceText.of(sealed.statement());
            case Finding.Proved proved ->
                "OK   " + one.file() + ": "
                        + EvidenceText.linesOf(
                                proved.proof().call(), proved.proof().lines().size())
                        + " in " + EvidenceText.of(proved.statement());
            case Finding.Bad bad -> "BAD  " + one.file() + ": " + bad.why();
        };
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("holds", holds());
        ArrayNode files = json.putArray("files");
        all.forEach(one -> files.add(json(one)));
        if (isChain()) {
            ObjectNode chain = json.putObject("chain").put("holds", chainFault().isEmpty());
            chainFault().ifPresent(fault -> chain.put("why", fault));
        }
        return json;
    }

    private static ObjectNode json(Checked one) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("file", one.file().toString());
        switch (one.finding()) {
            case Finding.Sealed sealed -> put(json.put("holds", true), sealed.statement());
            case Finding.Proved proved ->
                put(json.put("holds", true), proved.statement())
                        .put("call", proved.proof().call().toString())
                        .put("lines", proved.proof().lines().size());
            case Finding.Bad bad -> json.put("holds", false).put("why", bad.why());
        }
        return json;
    }

    private static ObjectNode put(ObjectNode json, SealedStatement statement) {
        return json.put("statement", statement.id())
                .put("carrier", statement.carrier())
                .put("period", statement.period())
                .put("sequence", statement.sequence());
    }
}
