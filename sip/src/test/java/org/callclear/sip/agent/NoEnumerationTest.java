package org.callclear.sip.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.callclear.sip.call.Credentials;
import org.callclear.sip.digest.DigestAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger learns about who calls here: nothing. Users on the wire have five letters each, so sizes compare. */
class NoEnumerationTest {
    private static final Pattern CHALLENGE = Pattern.compile("(?m)^WWW-Authenticate *: *(.*?)\r?$");
    private final List<String> looked = new CopyOnWriteArrayList<>();
    private SipUserAgent agent;
    private SipPeer peer;
    private int sent;

    @BeforeEach
    void start() throws IOException {
        DigestRealm realm = new DigestRealm("acme.example", user -> {
            looked.add(user);
            return user.equals("alice") ? Optional.of("wonder") : Optional.empty();
        });
        agent = SipUserAgent.start(
                SipSettings.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "callclear-test", realm),
                call -> call.refuse(486, org.callclear.sip.call.Cause.BUSY, null));
        peer = SipPeer.udp(agent.address());
    }

    @AfterEach
    void stop() throws IOException {
        peer.close();
        agent.close();
    }

    private String ask(String method, String user, String more) throws IOException {
        int number = 100 + sent++;
        peer.send(method + " sip:" + user + "@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:"
                + peer.address().getPort() + ";branch=z9hG4bK" + number + "\nMax-Forwards: 70\nFrom: <sip:" + user
                + "@127.0.0.1>;tag=f\nTo: <sip:" + user + "@127.0.0.1>\nCall-ID: c" + number + "\nCSeq: 1 " + method
                + "\nContact: <sip:" + user + "@127.0.0.1>\n" + more + "Content-Length: 0\n\n");
        while (true) {
            String answer = peer.await("SIP/2.0 ");
            if (SipPeer.header(answer, "Call-ID").equals("c" + number) && !answer.startsWith("SIP/2.0 100 ")) {
                return answer;
            }
        }
    }

    private String proven(String user, String password) throws IOException {
        List<String> challenges = CHALLENGE
                .matcher(ask("INVITE", user, ""))
                .results()
                .map(MatchResult::group)
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .toList();
        assertThat(challenges).hasSize(2);
        String proof = Objects.requireNonNull(DigestAnswer.to(
                challenges, new Credentials(user, password), "INVITE", "sip:" + user + "@127.0.0.1", "c"));
        return ask("INVITE", user, "Authorization: " + proof + "\n");
    }

    /** The answer with what is random or echoed taken out; its length stays in front. */
    private static String bare(String answer, String user) {
        return answer.length() + " "
                + answer.replace(user, "USER")
                        .replaceAll("nonce=\"[^\"]*\"", "nonce")
                        .replaceAll(";tag=[0-9a-f]{16}", ";tag")
                        .replaceAll("z9hG4bK[0-9]+|Call-ID: c[0-9]+", "x");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserHearTheSameToTheByte() throws IOException {
        Set<String> answers = new LinkedHashSet<>();
        for (String user : List.of("alice", "carol", "admin", "00000")) {
            answers.add(bare(proven(user, "guess"), user));
        }

        assertThat(answers)
                .hasSize(1)
                .first()
                .asString()
                .contains("SIP/2.0 401 ")
                .doesNotContain("stale");
        assertThat(looked).containsExactly("alice", "carol", "admin", "00000"); // one look each, found or not
        assertThat(proven("alice", "wonder")).startsWith("SIP/2.0 486 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "REGISTER", "SUBSCRIBE", "MESSAGE", "BYE", "CANCEL", "INVITE", "WINK"})
    void noMethodTellsWhoIsHere(String method) throws IOException {
        List<String> answers = new ArrayList<>();
        for (String user : List.of("alice", "carol")) {
            answers.add(bare(ask(method, user, ""), user));
        }

        assertThat(answers.get(0)).isEqualTo(answers.get(1));
        assertThat(looked).isEmpty();
    }

    /** Even one who knows no password may ask what an edge can; he hears it of anybody. */
    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "REGISTER", "WINK"})
    void credentialsWithAnotherMethodAreNotLookedAt(String method) throws IOException {
        String guess = "Authorization: Digest username=\"%s\", realm=\"acme.example\", nonce=\"x\", uri=\"sip:a\","
                + " response=\"0\", qop=auth, nc=00000001, cnonce=\"c\"\n";

        assertThat(bare(ask(method, "alice", guess.formatted("alice")), "alice"))
                .isEqualTo(bare(ask(method, "carol", guess.formatted("carol")), "carol"));
        assertThat(looked).isEmpty();
    }
}
