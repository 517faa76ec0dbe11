package org.callclear.settlement.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.callclear.schemas.call.CallId;
import org.callclear.settlement.proof.CallLine;
import org.callclear.settlement.proof.CallProof;
import org.callclear.settlement.proof.Leaf;
import org.callclear.settlement.proof.LineKey;
import org.callclear.settlement.statement.CanonicalJson;
import org.callclear.settlement.statement.CanonicalReader;
import org.jspecify.annotations.Nullable;

/**
 * A proof of a call with the statement that it is about: all that it takes to check it, but the public key. Canonical JSON,
 * as {@code docs/formats.md} has it.
 */
public record ProofFile(SealedStatement statement, CallProof proof) {
    /** The format's name. */
    public static final String FORMAT = "callclear-proof/1";

    private static final int HASH = 32;
    private static final HexFormat HEX = HexFormat.of();
    private static final Set<String> MEMBERS = Set.of("format", "statement", "call_id", "lines", "before", "after");
    private static final Set<String> LINE = Set.of("index", "line", "salt", "path");
    private static final Set<String> NEIGHBOUR = Set.of("index", "entry_id", "commitment", "path");

    /** The file. */
    public byte[] bytes() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("format", FORMAT);
        members.put("statement", CanonicalReader.object(statement.json()));
        members.put("call_id", proof.call().toString());
        members.put("lines", proof.lines().stream().map(ProofFile::line).toList());
        if (proof.before() != null) {
            members.put("before", neighbour(proof.before()));
        }
        if (proof.after() != null) {
            members.put("after", neighbour(proof.after()));
        }
        return CanonicalJson.bytes(members);
    }

    private static Map<String, Object> line(CallProof.Line line) {
        return Map.of(
                "index", line.index(),
                "line", CanonicalReader.object(line.line().json().getBytes(StandardCharsets.UTF_8)),
                "salt", HEX.formatHex(line.salt()),
                "path", line.path().stream().map(HEX::formatHex).toList());
    }

    private static Map<String, Object> neighbour(CallProof.Neighbour neighbour) {
        return Map.of(
                "index", neighbour.index(),
                "entry_id", neighbour.leaf().key().entryId(),
                "commitment", HEX.formatHex(neighbour.leaf().commitment()),
                "path", neighbour.path().stream().map(HEX::formatHex).toList());
    }

    /**
     * Reads a file.
     *
     * @throws EvidenceException when it is not of the format; whether what it claims is true is not looked at
     */
    public static ProofFile read(byte[] bytes) {
        Members file = Members.of(bytes);
        if (!file.text("format").equals(FORMAT)) {
            throw new EvidenceException("format: not " + FORMAT);
        }
        file.only(MEMBERS);
        SealedStatement statement = statement(file);
        List<CallProof.Line> lines = new ArrayList<>();
        List<?> given = file.list("lines");
        for (int i = 0; i < given.size(); i++) {
            lines.add(line(Members.of("lines[" + i + "]", given.get(i)).only(LINE)));
        }
        return new ProofFile(
                statement, new CallProof(call(file), lines, neighbour(file, "before"), neighbour(file, "after")));
    }

    private static SealedStatement statement(Members file) {
        try {
            return SealedStatement.of(CanonicalJson.bytes(file.any("statement")));
        } catch (EvidenceException e) {
            throw new EvidenceException("statement: " + e.getMessage(), e);
        }
    }

    private static CallId call(Members file) {
        try {
            return CallId.parse(file.text("call_id"));
        } catch (IllegalArgumentException e) {
            throw new EvidenceException("call_id: " + e.getMessage(), e);
        }
    }

    private static CallProof.Line line(Members line) {
        try {
            return new CallProof.Line(
                    line.number("index", 0),
                    CallLine.read(CanonicalJson.bytes(line.any("line"))),
                    line.hex("salt", HASH),
                    path(line));
        } catch (IllegalArgumentException e) {
            throw new EvidenceException(line.place("line") + ": " + e.getMessage(), e);
        }
    }

    private static CallProof.@Nullable Neighbour neighbour(Members file, String name) {
        if (!file.has(name)) {
            return null;
        }
        Members neighbour = file.object(name).only(NEIGHBOUR);
        try {
            LineKey key = LineKey.exactly(neighbour.text("entry_id"));
            return new CallProof.Neighbour(
                    neighbour.number("index", 0), new Leaf(key, neighbour.hex("commitment", HASH)), path(neighbour));
        } catch (IllegalArgumentException e) {
            throw new EvidenceException(neighbour.place("entry_id") + ": " + e.getMessage(), e);
        }
    }

    private static List<byte[]> path(Members leaf) {
        List<byte[]> path = new ArrayList<>();
        for (Object sibling : leaf.list("path")) {
            path.add(Members.hex(leaf.place("path"), sibling, HASH));
        }
        return path;
    }
}
