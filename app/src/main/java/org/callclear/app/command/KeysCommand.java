package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.callclear.app.keys.KeyException;
import org.callclear.app.keys.KeyLife;
import org.callclear.app.keys.ListedKey;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.tokens.SigningKeySource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keys rotate}, {@code keys publish}, {@code keys list}, {@code keys revoke} and {@code keys export}. */
@Command(name = "keys", description = "Keys that sign tokens, or with --statements those that sign statements.")
final class KeysCommand {
    private static final Duration LONGEST = Duration.ofDays(3660);
    private static final int LONGEST_REASON = 500;

    private final Terminal terminal;
    private final Clock clock;

    KeysCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Command(
            name = "rotate",
            description = {
                "Makes a key, writes it to the key file and publishes its public half.",
                "It signs for a gateway once that gateway has it; the keys before it go on opening gateways until they"
                        + " end or are revoked. Nothing is to be restarted."
            })
    int rotate(
            @Mixin Target target,
            @Mixin ForStatements use,
            @Option(
                            names = "--lasts",
                            paramLabel = "DURATION",
                            defaultValue = "P365D",
                            description = "how long it may sign, ISO 8601 (default: ${DEFAULT-VALUE})")
                    Duration lasts,
            @Option(
                            names = "--in",
                            paramLabel = "DURATION",
                            defaultValue = "PT0S",
                            description = "when it may begin to sign, from now on, ISO 8601 (default: at once)")
                    Duration in,
            @Option(names = "--json", description = "print the key as JSON") boolean json) {
        require("--lasts", lasts, Duration.ofSeconds(1));
        require("--in", in, Duration.ZERO);
        return told(() -> {
            TokenKey key = life(target, use).rotate(use.source(target), in, lasts);
            print(
                    key,
                    "key " + key.getKeyId() + " signs from " + key.getNotBefore() + " until " + key.getNotAfter(),
                    json);
        });
    }

    @Command(
            name = "publish",
            description = {
                "Publishes the public halves of keys that are kept already and not published: of keys made in"
                        + " hardware, or after a rotation that was cut off.",
                "A key that was revoked stays revoked."
            })
    int publish(
            @Mixin Target target,
            @Mixin ForStatements use,
            @Option(names = "--json", description = "print as JSON") boolean json) {
        return told(() -> {
            SigningKeySource source = use.source(target);
            KeyLife.Published done = life(target, use).publish(source);
            List<TokenKey> published = done.fresh();
            if (json) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                published.forEach(key -> array.add(KeysJson.of(key)));
                terminal.print(array);
            } else if (published.isEmpty() && done.withheld().isEmpty()) {
                terminal.print("nothing to publish: all keys are on " + use.topic());
            } else {
                published.forEach(key -> terminal.print("key " + key.getKeyId() + " is published"));
            }
            if (!done.withheld().isEmpty()) {
                throw new CommandException("not published: " + String.join(", ", done.withheld())
                        + ": what " + use.topic()
                        + " says of it was deleted or cannot be read, so it may have been revoked:"
                        + " `keys rotate` makes another");
            }
        });
    }

    @Command(name = "list", description = "Lists the published keys, those that began last first.")
    int list(
            @Mixin Target target,
            @Mixin ForStatements use,
            @Option(names = "--json", description = "print as JSON") boolean json) {
        return told(() -> {
            List<ListedKey> keys = life(target, use).list();
            if (json) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                keys.forEach(key -> array.add(KeysJson.of(key)));
                terminal.print(array);
                return;
            }
            TextTable table =
                    new TextTable("key", "algorithm", "from", "until", "state", "reason", "would sign for", "known to");
            keys.forEach(listed -> table.row(
                    listed.key().getKeyId(),
                    listed.key().getAlgorithm(),
                    listed.key().getNotBefore().toString(),
                    listed.key().getNotAfter().toString(),
                    listed.state()
                            + (listed.key().getRevokedAt() == null
                                    ? ""
                                    : " " + listed.key().getRevokedAt()),
                    KeysJson.reason(listed.key()),
                    String.join(",", listed.signsFor()),
                    String.join(",", listed.believedBy())));
            terminal.print(table.toString());
        });
    }

    @Command(
            name = "export",
            description = {
                "Writes the public half of a key that signs statements, as PEM: what a statement is verified with where"
                        + " there is no Kafka.",
                "How it came to whoever verifies is what the verification is worth."
            })
    int export(
            @Mixin Target target,
            @Mixin ForStatements use,
            @Parameters(paramLabel = "KEY", description = "the key's id") String keyId,
            @Option(names = "--out", paramLabel = "FILE", description = "the file to write (default: standard output)")
                    @Nullable
                    Path out,
            @Option(names = "--force", description = "replace a file that is there") boolean force) {
        if (!use.isGiven()) {
            throw new CommandException("--statements: is missing; the public halves of keys that sign tokens are of no"
                    + " use outside Kafka, where revocations are known");
        }
        return told(() -> {
            TokenKey key = life(target, use).find(keyId);
            String pem = Pem.of(key.getPublicKey());
            if (out == null) {
                terminal.print(pem.strip());
            } else {
                PublicKeyFile.write(out, pem, force);
                terminal.print("key " + keyId + " is in " + out);
            }
            if (key.getRevokedAt() != null) {
                terminal.progress(
                        "key " + keyId + " is revoked since " + key.getRevokedAt() + ": " + KeysJson.reason(key));
            }
        });
    }

    @Command(
            name = "revoke",
            description = {
                "Revokes a key at once and for good: no gateway opens to its tokens any more, those already issued"
                        + " included, and nothing is signed with it. Calls that are up go on.",
                "The only key that tokens can be signed with is not revoked without --force: rotate first."
            })
    int revoke(
            @Mixin Target target,
            @Mixin ForStatements use,
            @Parameters(paramLabel = "KEY", description = "the key's id") String keyId,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            required = true,
                            description = "why; stands beside the key")
                    String reason,
            @Option(names = "--force", description = "though calls are refused until there is another key")
                    boolean force,
            @Option(names = "--json", description = "print the key as JSON") boolean json) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new CommandException("--reason: must be 1 to " + LONGEST_REASON + " characters");
        }
        return told(() -> {
            TokenKey key = life(target, use).revoke(keyId, reason.strip(), force);
            String since = "key " + key.getKeyId() + " is revoked since " + key.getRevokedAt();
            if (!reason.strip().equals(key.getRevokedReason())) {
                terminal.progress(since + " (" + KeysJson.reason(key) + "), which stands: '" + reason.strip()
                        + "' was not recorded");
            }
            print(key, since, json);
        });
    }

    private KeyLife life(Target target, ForStatements use) {
        return new KeyLife(target.access(), use.use(), clock);
    }

    private static int told(Runnable work) {
        try {
            work.run();
            return 0;
        } catch (KeyException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    private void print(TokenKey key, String line, boolean json) {
        if (json) {
            ObjectNode node = KeysJson.of(key);
            terminal.print(node);
        } else {
            terminal.print(line);
        }
    }

    private static void require(String option, Duration given, Duration least) {
        if (given.compareTo(least) < 0 || given.compareTo(LONGEST) > 0) {
            throw new CommandException(option + " " + given + ": must be " + least + " to " + LONGEST);
        }
    }
}
