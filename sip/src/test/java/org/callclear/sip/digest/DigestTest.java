package org.callclear.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.callclear.sip.call.Credentials;
import org.callclear.sip.message.Headers;
import org.callclear.sip.message.SipRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Challenges and what is made of them. */
class DigestTest {
    private static final String URI = "sip:+4940@127.0.0.1";

    private Instant now = Instant.parse("2026-11-23T00:00:00Z");
    private final DigestGate gate = new DigestGate(
            "r",
            user -> user.equals("alice") ? Optional.of("secret") : Optional.empty(),
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            new SecureRandom(),
            Duration.ofMinutes(5));

    private static SipRequest invite(String authorization) {
        Headers headers = Headers.NONE
                .with("Via", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1")
                .with("From", "<sip:a@127.0.0.1>;tag=1")
                .with("To", "<sip:b@127.0.0.1>")
                .with("Call-ID", "1")
                .with("CSeq", "1 INVITE");
        return SipRequest.of(
                "INVITE", URI, authorization.isEmpty() ? headers : headers.with("Authorization", authorization), "");
    }

    private List<String> challenges(String authorization) {
        DigestGate.Verdict verdict = gate.check(invite(authorization));
        assertThat(verdict).isInstanceOf(DigestGate.Verdict.Unproven.class);
        return gate.challenges((DigestGate.Verdict.Unproven) verdict);
    }

    private static String answer(List<String> challenges, String user, String password) {
        Credentials credentials = new Credentials(user, password);
        return Objects.requireNonNull(DigestAnswer.to(challenges, credentials, "INVITE", URI, "c"));
    }

    /** RFC 7616, 3.9.1. */
    @ParameterizedTest
    @CsvSource({
        "MD5,8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256,753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    void theVectorsOfTheRfcHold(String token, String wanted) {
        Algorithm.Proof proof = new Algorithm.Proof(
                "GET",
                "/dir/index.html",
                "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                "00000001",
                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        Algorithm algorithm = Objects.requireNonNull(Algorithm.of(token));

        assertThat(algorithm.response("Mufasa", "http-auth@example.org", "Circle of Life", proof))
                .isEqualTo(wanted);
    }

    @Test
    void sha256IsAskedForFirst() {
        assertThat(challenges("").get(0)).contains("SHA-256");
        assertThat(challenges("").get(1)).contains("MD5");
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void theRightPasswordIsKnownByEitherAlgorithm(int which) {
        String right = answer(List.of(challenges("").get(which)), "alice", "secret");

        assertThat(gate.check(invite(right))).isEqualTo(new DigestGate.Verdict.Known("alice"));
    }

    @ParameterizedTest
    @CsvSource({"alice,wrong", "mallory,secret"})
    void aWrongPasswordAndAnUnknownUserAreAskedAgainAlike(String user, String password) {
        assertThat(challenges(answer(challenges(""), user, password))).noneMatch(asked -> asked.contains("stale"));
    }

    @Test
    void aReplayIsStale() {
        String right = answer(challenges(""), "alice", "secret");
        assertThat(gate.check(invite(right))).isInstanceOf(DigestGate.Verdict.Known.class);

        assertThat(challenges(right)).allMatch(asked -> asked.contains("stale=true"));
    }

    @Test
    void anExpiredNonceIsStale() {
        String right = answer(challenges(""), "alice", "secret");
        now = now.plus(Duration.ofMinutes(6));

        assertThat(challenges(right)).allMatch(asked -> asked.contains("stale=true"));
    }

    @Test
    void aNonceOfSomebodyElseIsNotTaken() {
        String foreign = "Digest realm=\"r\", nonce=\"bm90IG91cnM\", qop=\"auth\", algorithm=SHA-256";

        assertThat(challenges(answer(List.of(foreign), "alice", "secret"))).hasSize(2);
    }

    @Test
    void aDigestForAnotherNumberIsNotTaken() {
        Credentials credentials = new Credentials("alice", "secret");
        String other = Objects.requireNonNull(
                DigestAnswer.to(challenges(""), credentials, "INVITE", "sip:+4999@127.0.0.1", "c"));

        assertThat(challenges(other)).hasSize(2);
    }
}
