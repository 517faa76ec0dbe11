package org.callclear.app.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as people write them: {@code host:port}, with a host that is a name, an IPv4 address or an IPv6 one in brackets. */
public final class Addresses {
    private static final Pattern FORM = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\s]+):([0-9]{1,5})");
    private static final int MOST_PORT = 65_535;

    private Addresses() {}

    /**
     * Reads one and looks the host up.
     *
     * @param leastPort 0 where a free port may be meant, else 1
     * @throws IllegalArgumentException saying what it must be
     */
    public static InetSocketAddress parse(String text, int leastPort) {
        Matcher matcher = FORM.matcher(text);
        int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : -1;
        if (port < leastPort || port > MOST_PORT) {
            throw new IllegalArgumentException("must be host:port, such as 127.0.0.1:5060");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(matcher.group(1)), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("the host name is not known", e);
        }
    }
}
