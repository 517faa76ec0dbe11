package org.callclear.sip.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.callclear.sip.call.Dial;
import org.callclear.sip.message.Headers;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/** What a user agent server looks at before it does anything (RFC 3261, 8.2): a list of guards, in that order. */
final class RequestRules {
    /** Methods this edge serves. */
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS";

    private static final Set<String> SERVED = Set.of("INVITE", "ACK", "CANCEL", "BYE", "OPTIONS");
    private static final Set<String> KNOWN =
            Set.of("REGISTER", "SUBSCRIBE", "NOTIFY", "PUBLISH", "MESSAGE", "INFO", "UPDATE", "REFER", "PRACK");

    /**
     * A request that is not served.
     *
     * @param more what the answer says beside its status
     */
    record Refusal(int status, Headers more) {
        Refusal(int status, String name, String value) {
            this(status, Headers.NONE.with(name, value));
        }

        Refusal(int status) {
            this(status, Headers.NONE);
        }
    }

    private RequestRules() {}

    /** Why the request is not served, or null. Knows no dialogs; not for ACK, which is never answered. */
    static @Nullable Refusal check(SipRequest request, boolean merged, Dial.Transport transport) {
        if (!SERVED.contains(request.method())) {
            // RFC 3261, 8.2.1 and 21.5.2: 405 for what we know and do not allow, 501 for what we do not know.
            return new Refusal(KNOWN.contains(request.method()) ? 405 : 501, "Allow", ALLOW);
        }
        if (request.is("CANCEL")) {
            return null; // hop by hop: 8.2.2.3 leaves Require aside, and it must find its INVITE
        }
        SipUri uri = SipUri.of(request.uri());
        boolean secured = uri != null && uri.scheme().equals("sips") && transport == Dial.Transport.TLS;
        if (uri == null || !(uri.isKnown() || secured)) {
            return new Refusal(416); // sips in the clear too: its every hop is secured (26.2.2)
        }
        boolean goesOn = request.is("INVITE") && request.core().to().tag().isEmpty();
        if (goesOn && "0".equals(request.headers().first("Max-Forwards"))) {
            return new Refusal(483); // behind this edge a new call goes on; all else is for us (16.3, 3)
        }
        if (merged) {
            return new Refusal(482);
        }
        // Behind this edge the call goes on, so what is asked of proxies is asked of it too (16.3).
        List<String> required = new ArrayList<>(request.headers().list("Require"));
        required.addAll(request.headers().list("Proxy-Require"));
        if (!required.isEmpty()) {
            return new Refusal(420, "Unsupported", String.join(", ", required)); // we support no extension
        }
        return request.is("INVITE") ? checkContent(request) : null;
    }

    private static @Nullable Refusal checkContent(SipRequest invite) {
        if (!acceptsSdp(invite.headers())) {
            return new Refusal(406); // 13.3.1: the answer could only be a session description
        }
        String encoding = invite.headers().first("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return new Refusal(415, "Accept-Encoding", "identity");
        }
        String type = invite.headers().first("Content-Type");
        if (invite.body().isEmpty()) {
            return null;
        }
        return type != null && isSdp(type) ? null : new Refusal(415, "Accept", "application/sdp");
    }

    /** Whether Accept, which may be left out, leaves room for a session description (20.1). */
    private static boolean acceptsSdp(Headers headers) {
        if (headers.first("Accept") == null) {
            return true;
        }
        return headers.list("Accept").stream()
                .map(range -> bare(range).toLowerCase(Locale.ROOT))
                .anyMatch(range ->
                        range.equals("application/sdp") || range.equals("application/*") || range.equals("*/*"));
    }

    private static String bare(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).trim();
    }

    /** Whether a Content-Type is a session description. */
    static boolean isSdp(@Nullable String type) {
        return type != null && bare(type).toLowerCase(Locale.ROOT).equals("application/sdp");
    }
}
