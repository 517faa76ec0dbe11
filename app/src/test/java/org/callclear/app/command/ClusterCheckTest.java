package org.callclear.app.command;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a certificate must be made out to. Whether a cluster answers is tested on one. */
class ClusterCheckTest {
    private static final Party GATEWAY = Party.gateway(new GatewayId("zenith-1"));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @Test
    void aPartyDoesNotStartWithTheCertificateOfAnotherOneHoweverMuchThatMay() {
        for (Party other : List.of(
                Party.of(Party.Kind.SETUP),
                Party.of(Party.Kind.CLEARINGHOUSE),
                Party.gateway(new GatewayId("zenith-2")))) {
            KafkaAccess access = access(other);

            assertThatThrownBy(() -> ClusterCheck.requireMadeOutTo(access, GATEWAY))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContainingAll(
                            other.commonName() + ".pem", "'" + other.commonName() + "'", "this is gateway.zenith-1");
        }
    }

    @Test
    void norWithABrokersWhichMayDoAnything() {
        KafkaAccess access = access(authority().issue(Subject.broker(List.of("localhost")), Duration.ofDays(1)));

        assertThatThrownBy(() -> ClusterCheck.requireMadeOutTo(access, GATEWAY))
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll("'broker'", "this is gateway.zenith-1");
    }

    @Test
    void itsOwnAndThoseOfAnAuthorityWithOtherNamesAreLeftToTheCluster() {
        KafkaAccess plain = new KafkaAccess("127.0.0.1:9092", "http://127.0.0.1:8081", null);

        assertThatCode(() -> ClusterCheck.requireMadeOutTo(access(GATEWAY), GATEWAY))
                .doesNotThrowAnyException();
        assertThatCode(() -> ClusterCheck.requireMadeOutTo(foreign(), GATEWAY)).doesNotThrowAnyException();
        assertThatCode(() -> ClusterCheck.requireMadeOutTo(plain, GATEWAY)).doesNotThrowAnyException();
    }

    private CertificateAuthority authority() {
        return CertificateAuthority.openOrCreate(folder.resolve("pki"), Clock.systemUTC(), new SecureRandom());
    }

    private KafkaAccess access(Party party) {
        return access(authority().issue(Subject.of(party), Duration.ofDays(1)));
    }

    /** A name that is no party's. */
    private KafkaAccess foreign() {
        return access(authority().trusted());
    }

    private KafkaAccess access(Path identity) {
        return new KafkaAccess(
                "127.0.0.1:9092",
                "http://127.0.0.1:8081",
                new KafkaAccess.Tls(authority().trusted(), identity));
    }
}
