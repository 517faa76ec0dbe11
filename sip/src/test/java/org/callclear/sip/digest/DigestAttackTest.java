package org.callclear.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.callclear.sip.call.Credentials;
import org.callclear.sip.message.Headers;
import org.callclear.sip.message.SipRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may try with credentials that are not his, or not meant for this. */
class DigestAttackTest {
    private static final String CALLED = "sip:+4940123@127.0.0.1";
    private static final String DEARER = "sip:+8821600@127.0.0.1";
    private static final Credentials ALICE = new Credentials("alice", "secret");

    private Instant now = Instant.parse("2026-11-23T00:00:00Z");
    private final Clock clock = new Clock() {
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
    };
    private final DigestGate gate = gate("acme");

    private DigestGate gate(String realm) {
        return new DigestGate(
                realm,
                user -> user.equals("alice") ? Optional.of("secret") : Optional.empty(),
                clock,
                new SecureRandom(),
                Duration.ofMinutes(1));
    }

    private static SipRequest request(String method, String uri, String... authorizations) {
        Headers headers = Headers.NONE
                .with("Via", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1")
                .with("From", "<sip:a@127.0.0.1>;tag=1")
                .with("To", "<sip:b@127.0.0.1>")
                .with("Call-ID", "1")
                .with("CSeq", "1 " + method);
        for (String authorization : authorizations) {
            headers = headers.with("Authorization", authorization);
        }
        return SipRequest.of(method, uri, headers, "");
    }

    private static List<String> challenges(DigestGate gate, SipRequest request) {
        DigestGate.Verdict verdict = gate.check(request);
        assertThat(verdict).isInstanceOf(DigestGate.Verdict.Unproven.class);
        return gate.challenges((DigestGate.Verdict.Unproven) verdict);
    }

    private String answer(String uri) {
        return answer(challenges(gate, request("INVITE", CALLED)), ALICE, uri);
    }

    private static String answer(List<String> challenges, Credentials who, String uri) {
        return Objects.requireNonNull(DigestAnswer.to(challenges, who, "INVITE", uri, "c"));
    }

    private boolean isKnown(SipRequest request) {
        return gate.check(request) instanceof DigestGate.Verdict.Known;
    }

    /** Challenged with stale: the password was right, the rest was not. */
    private void assertStale(SipRequest request) {
        assertThat(challenges(gate, request)).hasSize(2).allMatch(asked -> asked.contains("stale=true"));
    }

    /** Challenged as if nothing had been said. */
    private void assertRefused(SipRequest request) {
        assertThat(challenges(gate, request)).hasSize(2).noneMatch(asked -> asked.contains("stale"));
    }

    /** An answer with another count, rightly signed by who knows the password. */
    private String counted(String given, String count) {
        AuthFields fields = Objects.requireNonNull(AuthFields.of(given));
        Algorithm algorithm = Objects.requireNonNull(Algorithm.of(fields.get("algorithm")));
        String response = algorithm.response(
                "alice",
                "acme",
                "secret",
                new Algorithm.Proof("INVITE", fields.getOrEmpty("uri"), fields.getOrEmpty("nonce"), count, "c"));
        return given.replace("nc=00000001", "nc=" + count).replace(fields.getOrEmpty("response"), response);
    }

    @Test
    void theSameAuthorizationOpensOneCallOnly() {
        String caught = answer(CALLED);
        assertThat(isKnown(request("INVITE", CALLED, caught))).isTrue();

        assertStale(request("INVITE", CALLED, caught));
    }

    /** The caller's own answer was held back on the way, so its nonce is fresh when the thief comes. */
    @ParameterizedTest
    @ValueSource(strings = {CALLED, "sip:127.0.0.1", "sip:127.0.0.1:5060"})
    void credentialsForOneNumberNeverCallAnother(String signed) {
        String caught = answer(signed);

        assertThat(isKnown(request("INVITE", DEARER, caught))).isFalse();
        assertThat(isKnown(request("INVITE", "sip:127.0.0.1", caught))).isFalse();
        assertThat(isKnown(request("INVITE", CALLED, caught))).isTrue();
    }

    /** Only a second challenge, for the other number, can be signed for it; so the thief needs the caller again. */
    @Test
    void aNonceAskedForAnotherNumberIsStaleToTheCallerHimself() {
        String forDearer = answer(challenges(gate, request("INVITE", DEARER)), ALICE, CALLED);

        assertStale(request("INVITE", CALLED, forDearer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BYE", "OPTIONS", "REGISTER", "invite"})
    void credentialsForOneMethodAreNoneForAnother(String method) {
        String caught = answer(CALLED);

        assertRefused(request(method, CALLED, caught));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000001", "00000002", "00000000", "00000041", "0000ffff", "ffffffff"})
    void aNonceThatWasUsedIsNotUsedAgainWhateverItsCount(String count) {
        String caught = answer(CALLED);
        assertThat(isKnown(request("INVITE", CALLED, caught))).isTrue();

        assertStale(request("INVITE", CALLED, counted(caught, count)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "00000002", "00000041", "ffffffff"})
    void aFreshNonceIsCountedFromOne(String count) {
        String fresh = counted(answer(CALLED), count);

        assertStale(request("INVITE", CALLED, fresh));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000002", "1", "0000000g", "\"\""})
    void aCountThatWasNotSignedIsNobodys(String count) {
        String changed = answer(CALLED).replace("nc=00000001", "nc=" + count);

        assertRefused(request("INVITE", CALLED, changed));
    }

    @Test
    void aNonceOfAnotherRealmOrOfAnotherProxyIsForeign() {
        DigestGate other = gate("zenith");
        DigestGate twin = gate("acme");
        String ofOther = answer(challenges(other, request("INVITE", CALLED)), ALICE, CALLED);
        String ofTwin = answer(challenges(twin, request("INVITE", CALLED)), ALICE, CALLED);

        assertRefused(request("INVITE", CALLED, ofOther));
        assertRefused(request("INVITE", CALLED, ofOther.replace("zenith", "acme")));
        assertRefused(request("INVITE", CALLED, ofTwin));
    }

    @Test
    void aNonceWithAnyBitChangedIsForeign() {
        String asked = challenges(gate, request("INVITE", CALLED)).get(0);
        String nonce = Objects.requireNonNull(AuthFields.of(asked)).getOrEmpty("nonce");
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < nonce.length(); i++) {
            for (int bit = 1; bit < 64; bit <<= 1) {
                char changed = alphabet.charAt(alphabet.indexOf(nonce.charAt(i)) ^ bit);
                String altered = nonce.substring(0, i) + changed + nonce.substring(i + 1);
                String answer = answer(List.of(asked.replace(nonce, altered)), ALICE, CALLED);

                assertRefused(request("INVITE", CALLED, answer));
            }
        }
        String padded = answer(List.of(asked.replace(nonce, nonce + "=")), ALICE, CALLED);
        assertRefused(request("INVITE", CALLED, padded));
        assertThat(isKnown(request("INVITE", CALLED, answer(List.of(asked), ALICE, CALLED))))
                .isTrue();
    }

    @Test
    void thatANonceIsTooOldIsToldOnlyToWhoKnowsThePassword() {
        String right = answer(CALLED);
        String wrong = answer(challenges(gate, request("INVITE", CALLED)), new Credentials("alice", "guessed"), CALLED);
        now = now.plus(Duration.ofSeconds(61));

        assertStale(request("INVITE", CALLED, right));
        assertRefused(request("INVITE", CALLED, wrong));
    }

    @Test
    void aUsedNonceStaysUsedWhenTheClockIsPutBackAndForth() {
        String caught = answer(CALLED);
        assertThat(isKnown(request("INVITE", CALLED, caught))).isTrue();
        now = now.minus(Duration.ofHours(1));
        assertThat(isKnown(request("INVITE", CALLED, answer(CALLED)))).isTrue();
        now = now.plus(Duration.ofHours(1));

        assertStale(request("INVITE", CALLED, caught));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qop=auth, | ''",
                "qop=auth | qop=auth-int",
                "qop=auth | qop=none",
                "algorithm=SHA-256 | algorithm=MD5",
                "algorithm=SHA-256, | ''",
                "algorithm=SHA-256 | algorithm=SHA-256-sess",
                "algorithm=SHA-256 | algorithm=SHA-512-256",
                "username= | username*=",
                "username=\"alice\" | username*=UTF-8''alice",
                "username=\"alice\" | username=\"alice\", username*=UTF-8''alice",
                "username=\"alice\" | username=\"alice\", userhash=true",
                "username=\"alice\" | username=\"alice\", username=\"alice\"",
                "username=\"alice\" | username=\"Alice\"",
                "username=\"alice\" | username=\"alice \"",
                "realm=\"acme\" | realm=\"ACME\"",
                "cnonce=\"c\" | cnonce=\"\"",
                ", cnonce=\"c\" | ''",
                ", nc=00000001 | ''",
                "Digest | Basic",
                "response=\" | response=\"0"
            })
    void anAnswerOfAnotherFormIsNobodys(String given, String changed) {
        String right = answer(CALLED);
        assertThat(right).contains(given);

        assertRefused(request("INVITE", CALLED, right.replace(given, changed)));
        assertThat(isKnown(request("INVITE", CALLED, right))).isTrue();
    }

    /** The nonce of the better challenge is not taken for an answer by the weaker algorithm. */
    @Test
    void theAlgorithmIsTheOneThatTheNonceWasGivenFor() {
        String better = challenges(gate, request("INVITE", CALLED)).get(0);

        String weaker = answer(List.of(better.replace("SHA-256", "MD5")), ALICE, CALLED);

        assertRefused(request("INVITE", CALLED, weaker));
    }

    @Test
    void twoAnswersForOneRealmAreNobodysAndOneOfAnotherRealmDoesNoHarm() {
        String right = answer(CALLED);
        String other = answer(challenges(gate("zenith"), request("INVITE", CALLED)), ALICE, CALLED);

        assertRefused(request("INVITE", CALLED, right, right));
        assertRefused(request("INVITE", CALLED, right.replace("alice", "mallory"), right));
        assertRefused(request("INVITE", CALLED, right + ", " + right));
        assertThat(isKnown(request("INVITE", CALLED, other, right))).isTrue();
    }

    /** Unknown user, wrong password, no answer at all: the same challenge but for its random bits, and the same work. */
    @Test
    void whoIsUnknownAndWhoMistypedAreToldTheSameForTheSameWork() {
        try (CountedHashes hashes = new CountedHashes()) {
            List<String> told = Stream.of("alice", "mallory", "a", "alice.with.a.longer.name")
                    .map(user -> {
                        String wrong = answer(
                                challenges(gate, request("INVITE", CALLED)), new Credentials(user, "guess"), CALLED);
                        long before = hashes.count();
                        List<String> asked = challenges(gate, request("INVITE", CALLED, wrong));
                        return hashes.count() - before + " hashes: " + withoutNonces(asked);
                    })
                    .toList();

            long before = hashes.count();
            challenges(gate, request("INVITE", CALLED));
            assertThat(told)
                    .containsOnly(told.get(0))
                    .noneMatch(text -> text.startsWith(hashes.count() - before + " "));
            assertThat(told.get(0))
                    .endsWith(withoutNonces(challenges(gate, request("INVITE", CALLED)))
                            .toString());
        }
    }

    private static List<String> withoutNonces(List<String> challenges) {
        return challenges.stream()
                .map(asked -> asked.replaceAll("nonce=\"[A-Za-z0-9_-]{56}\"", "nonce"))
                .peek(asked -> assertThat(asked.toLowerCase(Locale.ROOT)).contains("digest realm=\"acme\", nonce,"))
                .toList();
    }
}
