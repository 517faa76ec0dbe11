package org.callclear.testkit.sip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A SIP peer that does only what it is told: sends text, takes what comes. Line ends in a text may be bare; where it is
 * to lie about them, {@link #sendRaw} leaves them alone.
 */
public final class SipPeer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *([0-9]+)\r\n");

    private final @Nullable DatagramSocket datagrams;
    private final @Nullable Socket stream;
    private @Nullable InetSocketAddress other;

    private SipPeer(@Nullable DatagramSocket datagrams, @Nullable Socket stream, @Nullable InetSocketAddress other) {
        this.datagrams = datagrams;
        this.stream = stream;
        this.other = other;
    }

    /** A peer on a free UDP port that speaks to this address. */
    public static SipPeer udp(InetSocketAddress other) throws IOException {
        return new SipPeer(new DatagramSocket(0, InetAddress.getLoopbackAddress()), null, other);
    }

    /** A peer on a free UDP port that speaks to whoever spoke to it last. */
    public static SipPeer udp() throws IOException {
        return new SipPeer(new DatagramSocket(0, InetAddress.getLoopbackAddress()), null, null);
    }

    /** A peer with a TCP connection to this address. */
    public static SipPeer tcp(InetSocketAddress other) throws IOException {
        return new SipPeer(null, new Socket(other.getAddress(), other.getPort()), other);
    }

    /** A peer on a free UDP port of this own address that speaks to that one. */
    public static SipPeer udp(InetAddress own, InetSocketAddress other) throws IOException {
        return new SipPeer(new DatagramSocket(0, own), null, other);
    }

    /** A peer over a connection that is there already, such as one of TLS. */
    public static SipPeer over(Socket connected) {
        return new SipPeer(null, connected, (InetSocketAddress) connected.getRemoteSocketAddress());
    }

    /** Whether it speaks over a connection. */
    public boolean isStream() {
        return stream != null;
    }

    /** Its own address. */
    public InetSocketAddress address() {
        return (InetSocketAddress)
                (datagrams != null ? datagrams.getLocalSocketAddress() : socket().getLocalSocketAddress());
    }

    /** Sends a text with its line ends made CRLF. */
    public void send(String text) throws IOException {
        sendRaw(text.replace("\r\n", "\n").replace("\n", "\r\n"));
    }

    /** Sends a text as it is. */
    public void sendRaw(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (datagrams != null && other != null) {
            datagrams.send(new DatagramPacket(bytes, bytes.length, other));
        } else {
            socket().getOutputStream().write(bytes);
        }
    }

    /** The next message; it must begin like this. */
    public String expect(String start) throws IOException {
        String message = next(PATIENCE);
        if (message == null || !message.startsWith(start)) {
            throw new AssertionError("expected " + start + ", got " + (message == null ? "nothing" : message));
        }
        return message;
    }

    /** The first message that begins like this; others before it are let go. */
    public String await(String start) throws IOException {
        for (int i = 0; i < 1_000; i++) {
            String message = next(PATIENCE);
            if (message == null) {
                break;
            }
            if (message.startsWith(start)) {
                return message;
            }
        }
        throw new AssertionError("expected " + start + ", got nothing such");
    }

    /** The next message, or null when none comes in that time or the connection is closed. */
    public @Nullable String next(Duration within) throws IOException {
        try {
            return datagrams == null ? fromStream(within) : datagram(datagrams, within);
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    private String datagram(DatagramSocket socket, Duration within) throws IOException {
        socket.setSoTimeout((int) within.toMillis());
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        other = (InetSocketAddress) packet.getSocketAddress();
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }

    private @Nullable String fromStream(Duration within) throws IOException {
        socket().setSoTimeout((int) within.toMillis());
        InputStream in = socket().getInputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            out.write(b);
            String head = out.toString(StandardCharsets.ISO_8859_1);
            if (head.endsWith("\r\n\r\n")) {
                Matcher length = LENGTH.matcher(head);
                byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
                return head + new String(body, StandardCharsets.ISO_8859_1);
            }
        }
        return null;
    }

    /** Whether the other end closes the connection in that time. */
    public boolean isClosedWithin(Duration within) throws IOException {
        socket().setSoTimeout((int) within.toMillis());
        try {
            return socket().getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Value of the first header field of this name; empty when there is none. */
    public static String header(String message, String name) {
        Matcher matcher = Pattern.compile("(?im)^" + Pattern.quote(name) + " *: *(.*?)\r?$")
                .matcher(message);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** A response to a request, with these lines more and a To tag. */
    public static String answer(String request, String status, String tag, String more) {
        StringBuilder out = new StringBuilder("SIP/2.0 ").append(status).append("\r\n");
        String to = header(request, "To");
        out.append("Via: ").append(header(request, "Via")).append("\r\nFrom: ").append(header(request, "From"));
        out.append("\r\nTo: ").append(to).append(to.contains("tag=") ? "" : ";tag=" + tag);
        out.append("\r\nCall-ID: ").append(header(request, "Call-ID"));
        out.append("\r\nCSeq: ").append(header(request, "CSeq")).append("\r\n");
        return out.append(more).append("Content-Length: 0\r\n\r\n").toString();
    }

    private Socket socket() {
        if (stream == null) {
            throw new IllegalStateException("nobody to speak to yet");
        }
        return stream;
    }

    @Override
    public void close() throws IOException {
        if (datagrams != null) {
            datagrams.close();
        }
        if (stream != null) {
            stream.close();
        }
    }
}
