package org.callclear.gateways.tls;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Party;
import org.callclear.sip.agent.DigestRealm;
import org.callclear.sip.agent.SipSettings;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.IncomingCall;
import org.callclear.sip.call.Sdp;
import org.callclear.sip.transport.Limits;
import org.callclear.sip.transport.SipTls;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.Subject;

/** An authority, and agents with identities of it. */
final class TlsGround implements AutoCloseable {
    static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    static final Sdp ANSWER = new Sdp(
            "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n");
    private static final Duration LASTS = Duration.ofDays(1);

    final CertificateAuthority authority;
    final List<IncomingCall> calls = new CopyOnWriteArrayList<>();
    final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<SipUserAgent> agents = new ArrayList<>();

    TlsGround(Path directory) {
        this.authority =
                CertificateAuthority.openOrCreate(directory.resolve("pki"), Clock.systemUTC(), new SecureRandom());
    }

    /** The identity of a carrier's proxy on these hosts. */
    Path identity(String carrier, String... hosts) {
        return authority.issue(Subject.of(Party.proxyOf(new CarrierId(carrier)), List.of(hosts)), LASTS);
    }

    /** An agent whose only caller is alice, and which answers her. */
    SipUserAgent edge(SipTls tls, Limits limits) {
        DigestRealm realm = new DigestRealm(
                "acme.example", user -> user.equals("alice") ? Optional.of("wonder") : Optional.empty());
        return keep(SipUserAgent.start(
                SipSettings.of(FREE, "callclear-test", realm).with(tls),
                this::taken,
                limits,
                Clock.systemUTC(),
                new SecureRandom()));
    }

    SipUserAgent edge() {
        return edge(SipTls.of(FREE, identity("acme", "localhost", "127.0.0.1")), Limits.USUAL);
    }

    /** An agent that answers anybody, as a trunk does. */
    SipUserAgent trunk(SipTls tls) {
        return keep(
                SipUserAgent.start(SipSettings.of(FREE, "callclear-test", null).with(tls), this::taken));
    }

    private void taken(IncomingCall call) {
        calls.add(call);
        call.listen(new IncomingCall.Listener() {
            @Override
            public void cancelled() {
                heard.add("cancelled");
            }

            @Override
            public void confirmed() {
                heard.add("confirmed");
            }

            @Override
            public void ended(Cause cause) {
                heard.add("ended " + cause.q850());
            }
        });
        call.answer(ANSWER);
    }

    private SipUserAgent keep(SipUserAgent agent) {
        agents.add(agent);
        return agent;
    }

    @Override
    public void close() {
        agents.forEach(SipUserAgent::close);
    }
}
