package org.callclear.app.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.statement.CanonicalJson;
import org.jspecify.annotations.Nullable;

/** The form of a manifest: canonical JSON (RFC 8785), so that there is one for each content. */
final class ManifestJson {
    private static final int DEEPEST = 16;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build());
    private static final TypeReference<TreeMap<String, Object>> OBJECT = new TypeReference<>() {};
    private static final String ALGORITHM = "Ed25519";

    private ManifestJson() {}

    /** The file of a manifest; of one without a signature, what is to be signed. */
    static byte[] bytes(Manifest manifest) {
        Map<String, Object> root = new TreeMap<>();
        root.put("format", Manifest.FORMAT);
        root.put("engine", manifest.engine());
        root.put("period", manifest.period().id());
        root.put("length", manifest.period().calendar().length().name());
        root.put("zone", manifest.period().calendar().zone().getId());
        root.put("created_at", manifest.createdAt());
        root.put("previous", manifest.previous());
        root.put("key_file", manifest.keyFile());
        root.put(
                "partitions",
                manifest.shares().stream().map(ManifestJson::members).toList());
        Manifest.Signature signature = manifest.signature();
        if (signature != null) {
            root.put("signature", Map.of("algorithm", ALGORITHM, "key", signature.key(), "value", signature.value()));
        }
        return CanonicalJson.bytes(root);
    }

    /** A share as it stands in a manifest. */
    static Map<String, Object> members(Manifest.Share share) {
        Map<String, Object> members = new TreeMap<>();
        members.put("topic", share.topic());
        members.put("partition", share.partition());
        members.put("kind", share.kind().word());
        members.put("from", share.from());
        members.put("begin", share.begin());
        members.put("to", share.to());
        members.put("records", share.records());
        members.put("files", share.files().stream().map(ManifestJson::members).toList());
        return members;
    }

    private static Map<String, Object> members(Manifest.Content file) {
        Map<String, Object> members = new TreeMap<>();
        members.put("name", file.name());
        members.put("type", file.type());
        members.put("schema_id", file.schemaId());
        members.put("schema_sha256", file.fingerprint());
        members.put("records", file.records());
        members.put("first", file.first());
        members.put("last", file.last());
        members.put("size", file.sum().size());
        members.put("sha256", file.sum().sha256());
        members.put("pieces_sha256", file.sum().pieces());
        return members;
    }

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException when it is none; the message names the member at fault
     */
    static Manifest read(byte[] content) {
        Members root = parsed(content);
        root.require("format", Manifest.FORMAT);
        String id = root.text("period");
        Period period = Period.parse(id)
                .orElseThrow(() -> new IllegalArgumentException("period: is the id of no settlement period"));
        Manifest manifest = new Manifest(
                period,
                root.text("engine"),
                root.text("created_at"),
                root.digestOrNone("previous"),
                root.hex("key_file", NumberKeys.ID_DIGITS),
                root.objects("partitions").stream().map(ManifestJson::share).toList(),
                root.has("signature") ? signature(root.object("signature")) : null);
        if (!Arrays.equals(bytes(manifest), content)) {
            throw new IllegalArgumentException(
                    "has members that do not belong there, contradicts itself, or is not canonical JSON (RFC 8785)");
        }
        return manifest;
    }

    /** One JSON object and nothing after it. */
    static Members parsed(byte[] content) {
        try {
            return new Members(
                    "",
                    JSON.readerFor(OBJECT)
                            .with(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                            .readValue(content));
        } catch (IOException e) {
            throw new IllegalArgumentException("is not JSON", e);
        }
    }

    private static Manifest.Signature signature(Members signature) {
        signature.require("algorithm", ALGORITHM);
        return new Manifest.Signature(signature.text("key"), signature.hex("value", 128));
    }

    static Manifest.Share share(Members share) {
        return new Manifest.Share(
                share.fileName("topic"),
                share.small("partition", 0),
                kind(share),
                share.count("from"),
                share.count("begin"),
                share.count("to"),
                share.objects("files").stream().map(ManifestJson::file).toList());
    }

    private static ArchivedTopics.Kind kind(Members share) {
        String word = share.text("kind");
        for (ArchivedTopics.Kind kind : ArchivedTopics.Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(share.at("kind") + ": must be journal, evidence or state");
    }

    private static Manifest.Content file(Members file) {
        List<String> pieces = new ArrayList<>();
        for (Object piece : file.list("pieces_sha256")) {
            if (!(piece instanceof String text) || !text.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException(file.at("pieces_sha256") + ": must hold digests in hex");
            }
            pieces.add(text);
        }
        return new Manifest.Content(
                file.fileName("name"),
                file.text("type"),
                file.small("schema_id", -1),
                file.digestOrNone("schema_sha256"),
                file.count("records"),
                file.count("first"),
                file.count("last"),
                new FileSum(file.count("size"), file.hex("sha256", 64), pieces));
    }

    /** The members of an object, checked as they are asked for. */
    record Members(String place, Map<String, Object> values) {
        String at(String name) {
            return place.isEmpty() ? name : place + "." + name;
        }

        boolean has(String name) {
            return values.containsKey(name);
        }

        String text(String name) {
            if (values.get(name) instanceof String text) {
                return text;
            }
            throw new IllegalArgumentException(at(name) + ": must be a text");
        }

        void require(String name, String value) {
            if (!text(name).equals(value)) {
                throw new IllegalArgumentException(at(name) + ": must be " + value);
            }
        }

        String hex(String name, int digits) {
            String text = text(name);
            if (!text.matches("[0-9a-f]{" + digits + "}")) {
                throw new IllegalArgumentException(at(name) + ": must be " + digits + " digits in hex");
            }
            return text;
        }

        String digestOrNone(String name) {
            return text(name).isEmpty() ? "" : hex(name, 64);
        }

        /** Names a file or a topic, and no way out of a directory. */
        String fileName(String name) {
            String text = text(name);
            if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,254}")) {
                throw new IllegalArgumentException(at(name) + ": must be a plain name");
            }
            return text;
        }

        long count(String name) {
            long value = whole(name);
            if (value < 0 || value > 1L << 53) {
                throw new IllegalArgumentException(at(name) + ": must be 0 or more");
            }
            return value;
        }

        int small(String name, int least) {
            long value = whole(name);
            if (value < least || value > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "%s: must be %d to %d", at(name), least, Integer.MAX_VALUE));
            }
            return (int) value;
        }

        private long whole(String name) {
            Object value = values.get(name);
            if (value instanceof Integer || value instanceof Long) {
                return ((Number) value).longValue();
            }
            throw new IllegalArgumentException(at(name) + ": must be a whole number");
        }

        List<?> list(String name) {
            if (values.get(name) instanceof List<?> list) {
                return list;
            }
            throw new IllegalArgumentException(at(name) + ": must be a list");
        }

        Members object(String name) {
            return object(at(name), values.get(name));
        }

        List<Members> objects(String name) {
            List<Members> objects = new ArrayList<>();
            for (Object element : list(name)) {
                objects.add(object(at(name) + "[" + objects.size() + "]", element));
            }
            return objects;
        }

        @SuppressWarnings("unchecked")
        private static Members object(String place, @Nullable Object value) {
            if (value instanceof Map<?, ?> map) {
                return new Members(place, (Map<String, Object>) map);
            }
            throw new IllegalArgumentException(place + ": must be an object");
        }
    }
}
