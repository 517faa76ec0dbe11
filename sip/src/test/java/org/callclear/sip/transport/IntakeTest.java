package org.callclear.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.callclear.sip.call.Dial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IntakeTest {
    private static final Hop PEER =
            new Hop(Dial.Transport.UDP, new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060));
    private static final String INVITE = "INVITE sip:49301@127.0.0.1 SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n";
    private static final String PROVEN = INVITE.replace("CSeq", "Authorization: Digest x\r\nCSeq");
    private static final String BYE = "BYE sip:49301@127.0.0.1 SIP/2.0\r\n\r\n";

    private final AtomicInteger forgotten = new AtomicInteger();
    private long now = Long.MAX_VALUE - 1_000_000; // nanoTime may pass from one end to the other
    private final Intake intake = new Intake(() -> now, forgotten::incrementAndGet);

    @Test
    void whatBelongsToCallsComesFirstInItsOrderThenTheNewestInvitesProvenOnesBefore() {
        add(INVITE + "1", PROVEN + "1", BYE + "1", INVITE + "2", "SIP/2.0 200 OK", PROVEN + "2", BYE + "2");

        assertThat(all())
                .containsExactly(
                        BYE + "1", "SIP/2.0 200 OK", BYE + "2", PROVEN + "2", PROVEN + "1", INVITE + "2", INVITE + "1");
        assertThat(forgotten).hasValue(0);
        assertThat(intake.isEmpty()).isTrue();
    }

    @Test
    void anInviteThatItsCallerHasSentAgainIsForgottenAndNothingElseIs() {
        add(INVITE, PROVEN, BYE);
        pass(Duration.ofMillis(499));
        add(INVITE + "later");
        pass(Duration.ofMillis(1));

        assertThat(all()).containsExactly(BYE, INVITE + "later");
        assertThat(forgotten).hasValue(2);
    }

    @Test
    void nobodyWaitsForEver() {
        for (int i = 0; i < 26; i++) {
            add(BYE, PROVEN, INVITE);
        }
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < 26; i++) {
            turns.add(next());
        }

        assertThat(turns).filteredOn(BYE::equals).hasSize(16);
        assertThat(turns).filteredOn(PROVEN::equals).hasSize(8);
        assertThat(turns).filteredOn(INVITE::equals).hasSize(2);
    }

    @Test
    void whatIsTooMuchIsForgottenTheLeastWorthFirstAndOfThatTheOldest() {
        String third = "x".repeat(Intake.MOST_BYTES / 3 - 1_000);
        add(INVITE + "1" + third, INVITE + "2", PROVEN + third, BYE + third);
        assertThat(forgotten).hasValue(0);

        add(BYE + "more" + third);
        assertThat(forgotten).as("the oldest INVITE makes room").hasValue(1);
        add(BYE + "and more" + third);
        assertThat(forgotten).as("the other one does not, so a proven one goes").hasValue(3);
        add(INVITE + third);
        assertThat(forgotten).as("it goes itself").hasValue(4);
        add("SIP/2.0 200 OK" + third);

        assertThat(forgotten).as("at last the oldest of all").hasValue(5);
        assertThat(all()).containsExactly(BYE + "more" + third, BYE + "and more" + third, "SIP/2.0 200 OK" + third);
    }

    @Test
    void aFloodOfEmptyDatagramsFindsAnEnd() {
        int most = Intake.MOST_BYTES / Intake.OWN_BYTES;
        for (int i = 0; i < most + 10; i++) {
            add("");
        }

        assertThat(forgotten).hasValue(10);
        assertThat(all()).hasSize(most);
        add("again");
        assertThat(forgotten).as("there is room again").hasValue(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INVITE a\r\nAuthorization: x\r\n\r\n",
                "INVITE a\nauthorization : x\r\n\n",
                "INVITE a\r\nVia: b\r\nAUTHORIZATION:x"
            })
    void proofIsAHeaderOfAnyCase(String message) {
        assertThat(worth(message)).isEqualTo(Intake.Worth.PROVEN_INVITE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INVITE a\r\nX: Authorization: x\r\n\r\n",
                "INVITE a\r\nSubject: x\r\n\r\nAuthorization: in the body\r\n",
                "INVITE a\n\nAuthorization: in the body\r\n",
                "INVITE ",
                "INVITE a\n",
                "INVITE a\r\nAuthorizatio"
            })
    void otherInvitesHaveNone(String message) {
        assertThat(worth(message)).isEqualTo(Intake.Worth.INVITE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "invite a\r\n", "INVIT", "SIP/2.0 200 OK", "ACK a\r\nAuthorization: x\r\n"})
    void allElseMayBelongToACall(String message) {
        assertThat(worth(message)).isEqualTo(Intake.Worth.CALL);
    }

    private static Intake.Worth worth(String message) {
        return Intake.worth(message.getBytes(StandardCharsets.US_ASCII));
    }

    private void add(String... messages) {
        for (String message : messages) {
            intake.add(PEER, message.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        for (Intake.Datagram next = intake.next(); next != null; next = intake.next()) {
            all.add(new String(next.message, StandardCharsets.US_ASCII));
        }
        return all;
    }

    private String next() {
        Intake.Datagram next = intake.next();
        return next == null ? "" : new String(next.message, StandardCharsets.US_ASCII);
    }
}
