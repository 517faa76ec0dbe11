package org.callclear.sip.message;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One Via value (RFC 3261, 20.42).
 *
 * @param transport in upper case
 * @param host sent-by host
 * @param port sent-by port; 0 when not given
 * @param params branch, received, rport and others
 */
public record Via(String transport, String host, int port, Params params) {
    /** What every branch of RFC 3261 begins with (8.1.1.7). */
    public static final String COOKIE = "z9hG4bK";

    private static final Pattern SENT = Pattern.compile(
            "SIP\\s*/\\s*2\\.0\\s*/\\s*([A-Za-z0-9-]+)\\s+([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?:\\s*:\\s*([0-9]{1,5}))?",
            Pattern.CASE_INSENSITIVE);

    static Via parse(String text) throws Malformed {
        List<String> pieces = Lexer.split(text, ';');
        Matcher sent = SENT.matcher(pieces.get(0));
        if (!sent.matches()) {
            throw new Malformed("Bad Via");
        }
        String port = sent.group(3);
        int number = port == null ? 0 : (int) Lexer.number(port, 65_535, "Via port");
        Params params = Params.of(pieces.subList(1, pieces.size()));
        return new Via(sent.group(1).toUpperCase(Locale.ROOT), sent.group(2), number, params);
    }

    /** The value, or, where only its parameters are at fault, what stands before them: enough to answer. */
    static Via salvage(String text) throws Malformed {
        try {
            return parse(text);
        } catch (Malformed e) {
            int semicolon = text.indexOf(';');
            return parse(semicolon < 0 ? text : text.substring(0, semicolon));
        }
    }

    /** An address as messages have it (RFC 5952), without brackets and scope. */
    public static String text(InetAddress address) {
        return NetUtil.toAddressString(address);
    }

    /** The branch; empty when there is none, as before RFC 3261. */
    public String branch() {
        String branch = params.get("branch");
        return branch == null ? "" : branch;
    }

    /** Whether the branch alone tells the transaction (RFC 3261, 17.2.3). */
    public boolean hasUniqueBranch() {
        return branch().length() > COOKIE.length() && branch().startsWith(COOKIE);
    }

    /** This value with received, and rport if it was asked for, as the receiver adds them (18.2.1; RFC 3581, 4). */
    public Via arrivedFrom(InetSocketAddress source) {
        boolean asked = params.has("rport");
        boolean same = source.getAddress().equals(NetUtil.createInetAddressFromIpAddressString(host));
        Params marked = asked ? params.with("rport", Integer.toString(source.getPort())) : params;
        // RFC 3581, 4: received goes in whenever rport does, even if it equals sent-by.
        return asked || !same
                ? new Via(transport, host, port, marked.with("received", text(source.getAddress())))
                : this;
    }

    @Override
    public String toString() {
        return "SIP/2.0/" + transport + " " + host + (port == 0 ? "" : ":" + port) + params;
    }
}
