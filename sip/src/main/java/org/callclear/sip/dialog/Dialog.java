package org.callclear.sip.dialog;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.callclear.sip.call.Dial;
import org.callclear.sip.message.Address;
import org.callclear.sip.message.Headers;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipResponse;
import org.callclear.sip.message.SipUri;
import org.callclear.sip.transport.Hop;
import org.jspecify.annotations.Nullable;

/**
 * One confirmed dialog; unchangeable but for the next request's number, which its user keeps.
 *
 * @param callId of the INVITE
 * @param local From of our requests, with our tag
 * @param remote To of our requests, with their tag
 * @param target Request-URI of our requests: their Contact
 * @param routes route set in the order we use it
 * @param peer where the other end was last heard
 */
public record Dialog(String callId, Address local, Address remote, String target, List<String> routes, Hop peer) {
    /** The dialog that our 2xx to an INVITE makes (12.1.1). */
    public static Dialog ofAnswering(SipRequest invite, String tag, Hop source) {
        return new Dialog(
                invite.core().callId(),
                invite.core().to().tagged(tag),
                invite.core().from(),
                contact(invite.headers(), invite.core().from().uri()),
                List.copyOf(invite.headers().all("Record-Route")),
                source);
    }

    /** The dialog that a 2xx to our INVITE makes (12.1.2). */
    public static Dialog ofAnswered(SipRequest invite, SipResponse answer, Hop source) {
        List<String> routes = new ArrayList<>(answer.headers().all("Record-Route"));
        Collections.reverse(routes);
        return new Dialog(
                invite.core().callId(),
                invite.core().from(),
                answer.core().to(),
                contact(answer.headers(), invite.uri()),
                List.copyOf(routes),
                source);
    }

    private static String contact(Headers headers, String otherwise) {
        for (String value : headers.list("Contact")) {
            Address address = Address.of(value);
            if (address != null && isSip(address.target())) {
                return address.uri();
            }
        }
        return otherwise;
    }

    private static boolean isSip(SipUri uri) {
        return uri.scheme().equals("sip") || uri.scheme().equals("sips");
    }

    /** Whether an INVITE asks for a dialog of which every hop is secured (12.1.1). */
    public static boolean isSecured(SipRequest invite) {
        List<String> routes = invite.headers().all("Record-Route");
        String next = routes.isEmpty() ? contact(invite.headers(), "") : uriOf(routes.get(0));
        return Stream.of(invite.uri(), next).anyMatch(uri -> uri.regionMatches(true, 0, "sips:", 0, 5));
    }

    /** What names this dialog here. */
    public DialogId id() {
        return new DialogId(callId, local.tag());
    }

    /** A request within the dialog (12.2.1.1), its Via on top. */
    public SipRequest request(String method, long number, String via, Headers more) {
        Headers headers = Headers.NONE.with("Via", via);
        boolean strict = !routes.isEmpty() && !isLoose(routes.get(0));
        List<String> used = new ArrayList<>(strict ? routes.subList(1, routes.size()) : routes);
        if (strict) {
            used.add("<" + target + ">");
        }
        for (String route : used) {
            headers = headers.with("Route", route);
        }
        headers = headers.with("Max-Forwards", "70")
                .with("From", local.toString())
                .with("To", remote.toString())
                .with("Call-ID", callId)
                .with("CSeq", number + " " + method)
                .with(more);
        return SipRequest.of(method, strict ? uriOf(routes.get(0)) : target, headers, "");
    }

    /**
     * Where requests go: the first route, else the remote target (12.2.1.1, 8.1.2). A host that is a name is not looked
     * up, since that would block: what it names was last heard at the peer's own address.
     */
    public Hop nextHop() {
        SipUri next = SipUri.of(routes.isEmpty() ? target : uriOf(routes.get(0)));
        InetAddress address = next == null ? null : literal(next.host());
        if (next == null || address == null) {
            return peer;
        }
        // Once secured, secured to the end; and never in the clear where TLS is asked for (26.2.2).
        boolean tls = peer.transport() == Dial.Transport.TLS
                || next.scheme().equals("sips")
                || "tls".equalsIgnoreCase(next.params().get("transport"));
        int port = next.port() != 0 ? next.port() : tls ? 5061 : 5060;
        return new Hop(tls ? Dial.Transport.TLS : peer.transport(), new InetSocketAddress(address, port));
    }

    /** The address that a host of digits spells; null for a name, which is not looked up. */
    private static @Nullable InetAddress literal(String host) {
        return NetUtil.createInetAddressFromIpAddressString(host);
    }

    private static boolean isLoose(String route) {
        Address address = Address.of(route);
        return address != null && address.target().params().has("lr");
    }

    private static String uriOf(String route) {
        Address address = Address.of(route);
        return address == null ? "" : address.uri();
    }
}
