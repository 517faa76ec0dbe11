package org.callclear.app.command;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.tokens.pki.Subject;

/** Looks whether a cluster and its registry answer, before anything is begun with them. */
final class ClusterCheck {
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private ClusterCheck() {}

    /** @throws CommandException with one line that says what does not answer, or which file is missing */
    static void reach(KafkaAccess access) {
        files(access);
        try (Admin admin = open(access)) {
            await(admin.describeCluster().clusterId().toCompletionStage().toCompletableFuture(), access);
        }
        registry(access);
    }

    /**
     * The same, and that a topic is there for this party.
     *
     * @param unknown what to say when it is not
     */
    static void reach(KafkaAccess access, String topic, String unknown) {
        reach(access);
        try (Admin admin = open(access)) {
            admin.describeTopics(List.of(topic)).allTopicNames().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new CommandException(
                    unknown + " (topic " + topic + " as '" + principal(access) + "': " + Failures.rootOf(e) + ")");
        } catch (TimeoutException e) {
            throw new CommandException("Kafka at " + access.bootstrapServers() + ": no answer about topic " + topic);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted");
        }
    }

    /**
     * That a certificate is not made out to another party of ours, or to a broker: Kafka would let it do what that one may, and more where that
     * is a super user.
     *
     * @throws CommandException naming file and party
     */
    static void requireMadeOutTo(KafkaAccess access, Party party) {
        KafkaAccess.Tls tls = access.tls();
        if (tls == null) {
            return;
        }
        String principal = principal(access);
        if (isOurs(principal) && !principal.equals(party.commonName())) {
            throw new CommandException("kafka.tls.identity " + tls.identity() + ": is made out to '" + principal
                    + "', and this is " + party.commonName());
        }
    }

    private static boolean isOurs(String principal) {
        if (principal.equals(Subject.BROKER)) {
            return true;
        }
        try {
            Party.parse(principal);
            return true;
        } catch (IllegalArgumentException e) {
            return false; // of an authority of somebody's own, with other names
        }
    }

    /** Who Kafka takes the owner of a certificate for. */
    static String principal(KafkaAccess access) {
        return access.tls() == null
                ? "ANONYMOUS"
                : CertificateFile.principal(access.tls().identity());
    }

    private static void files(KafkaAccess access) {
        if (access.tls() != null) {
            for (Path file : List.of(access.tls().trusted(), access.tls().identity())) {
                if (!Files.isReadable(file)) {
                    throw new CommandException(file + ": certificate file is not there or cannot be read");
                }
            }
        }
    }

    static Admin open(KafkaAccess access) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", "cluster-check");
        settings.put("default.api.timeout.ms", (int) WITHIN.toMillis());
        settings.put("request.timeout.ms", (int) WITHIN.toMillis() / 2);
        try {
            return Admin.create(settings);
        } catch (KafkaException e) {
            throw new CommandException(
                    "Kafka at " + access.bootstrapServers() + ": cannot be asked: " + Failures.rootOf(e));
        }
    }

    private static void await(java.util.concurrent.Future<String> answer, KafkaAccess access) {
        try {
            answer.get(WITHIN.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw silent(access);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw silent(access);
            }
            throw new CommandException("Kafka at " + access.bootstrapServers() + ": " + Failures.rootOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted");
        }
    }

    private static CommandException silent(KafkaAccess access) {
        return new CommandException(
                "Kafka at " + access.bootstrapServers() + ": no broker answers within " + WITHIN.toSeconds()
                        + " s; is the address right, does `up` or the broker run there, and is the certificate of '"
                        + principal(access) + "' good (not expired, not revoked, of the broker's authority)?");
    }

    private static void registry(KafkaAccess access) {
        try (var registry = access.registry()) {
            registry.getAllSubjects();
        } catch (IOException | RestClientException e) {
            throw new CommandException(
                    "schema registry at " + access.registryUrl() + ": does not answer: " + Failures.rootOf(e));
        }
    }
}
