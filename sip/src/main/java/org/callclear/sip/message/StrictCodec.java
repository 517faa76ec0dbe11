package org.callclear.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads by the letter where a lie could hide (lengths, line ends, fields given twice) and with patience elsewhere:
 * fields this edge does not use are not looked into.
 */
final class StrictCodec implements SipCodec {
    /** Longest message (RFC 3261, 18.1.1: all must take 65,535 bytes). */
    static final int LONGEST_MESSAGE = 65_535;

    private static final int LONGEST_HEAD = 32_768;
    private static final int LONGEST_LINE = 8_192;
    private static final int MOST_FIELDS = 200;
    private static final Pattern ESCAPED_CONTROL = Pattern.compile("%(?:[01][0-9A-Fa-f]|7[Ff])");

    @Override
    public Decoded decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int start = 0;
        while (text.startsWith("\r\n", start)) {
            start += 2; // RFC 3261, 7.5
        }
        if (start == text.length()) {
            return new Decoded.KeepAlive();
        }
        int end = text.indexOf("\r\n\r\n", start);
        if (end < 0) {
            // No empty line: the body is missing too, and a first line may still tell whom to answer.
            return read(text.substring(start), "", new Malformed("Missing end of header"));
        }
        return read(text.substring(start, end), text.substring(end + 4), null);
    }

    private static Decoded read(String head, String behind, @Nullable Malformed known) {
        int lineEnd = head.indexOf("\r\n");
        if (lineEnd < 0) {
            return new Decoded.Unreadable("no header fields");
        }
        Fields fields = new Fields(head, lineEnd + 2);
        String first = head.substring(0, lineEnd);
        if (known != null) {
            fields.fault = known;
        }
        return first.regionMatches(true, 0, "SIP/", 0, 4)
                ? response(first, fields, behind)
                : request(first, fields, behind);
    }

    private static Decoded request(String first, Fields fields, String behind) {
        String line = first.stripTrailing();
        int blank = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (blank < 1
                || !Lexer.isToken(line.substring(0, blank))
                || !line.regionMatches(true, last + 1, "SIP/", 0, 4)) {
            return new Decoded.Unreadable("no request line");
        }
        String method = line.substring(0, blank);
        Headers headers = new Headers(fields.list);
        try {
            if (!line.substring(last + 1).equalsIgnoreCase("SIP/2.0")) {
                throw new Malformed(505, "Version Not Supported");
            }
            fields.check();
            String uri = blank < last ? line.substring(blank + 1, last) : "";
            if (!isRequestUri(uri)) {
                throw new Malformed("Bad Request-URI");
            }
            if (line.length() < first.length()) {
                throw new Malformed("Blank at the end of the first line"); // RFC 3261, 7.1
            }
            Core core = Core.read(headers);
            checkRequest(method, headers, core);
            return new Decoded.Whole(new SipRequest(method, uri, headers, core, body(headers, behind)));
        } catch (Malformed fault) {
            return faulty(method, headers, fault);
        }
    }

    /** No header fields behind it (RFC 3261, 19.1.1), and nothing that no number can hold. */
    private static boolean isRequestUri(String uri) {
        if (uri.isEmpty() || uri.indexOf(' ') >= 0 || SipUri.of(uri) == null) {
            return false;
        }
        boolean sip = uri.regionMatches(true, 0, "sip", 0, 3);
        return !(sip && uri.indexOf('?', Math.max(0, uri.lastIndexOf('@'))) >= 0)
                && !ESCAPED_CONTROL.matcher(uri).find();
    }

    private static void checkRequest(String method, Headers headers, Core core) throws Malformed {
        if (!core.cseq().method().equals(method)) {
            throw new Malformed("CSeq method differs");
        }
        String hops = headers.first("Max-Forwards");
        if (hops != null) {
            Lexer.number(hops, 255, "Max-Forwards"); // RFC 3261, 16.3: its absence is no fault
        }
        if (method.equals("INVITE") && core.via().hasUniqueBranch() && headers.first("Contact") == null) {
            throw new Malformed("Missing Contact"); // RFC 3261, 8.1.1.8; its forerunner did without
        }
    }

    private static Decoded faulty(String method, Headers headers, Malformed fault) {
        String top = headers.first("Via");
        if (top == null || method.equals("ACK")) {
            return new Decoded.Unreadable(method.equals("ACK") ? "faulty ACK" : "no Via");
        }
        try {
            return new Decoded.Faulty(method, headers, Via.salvage(top), fault.status, fault.what());
        } catch (Malformed e) {
            return new Decoded.Unreadable("bad Via");
        }
    }

    private static Decoded response(String line, Fields fields, String behind) {
        // SIP/2.0 200 OK: the phrase may be empty, its blank may not
        if (line.length() < 12 || !line.regionMatches(true, 0, "SIP/2.0 ", 0, 8) || line.charAt(11) != ' ') {
            return new Decoded.Unreadable("no status line");
        }
        try {
            fields.check();
            int status = (int) Lexer.number(line.substring(8, 11), 699, "status");
            if (status < 100 || !Header.isClean(line)) {
                return new Decoded.Unreadable("bad status line");
            }
            Headers headers = new Headers(fields.list);
            Core core = Core.read(headers);
            return new Decoded.Whole(new SipResponse(status, line.substring(12), headers, core, body(headers, behind)));
        } catch (Malformed fault) {
            return new Decoded.Unreadable("response: " + fault.what());
        }
    }

    private static String body(Headers headers, String behind) throws Malformed {
        String length = headers.first("Content-Length");
        if (length == null) {
            return behind; // RFC 3261, 18.3: to the end of the datagram
        }
        long told = Lexer.number(length, Integer.MAX_VALUE, "Content-Length");
        if (told > behind.length()) {
            throw new Malformed("Content-Length exceeds body");
        }
        return behind.substring(0, (int) told);
    }

    @Override
    public byte[] encode(SipMessage message) {
        return write(message.startLine(), message.headers(), message.body()).getBytes(StandardCharsets.ISO_8859_1);
    }

    static String write(String startLine, Headers headers, String body) {
        StringBuilder out =
                new StringBuilder(512 + body.length()).append(startLine).append("\r\n");
        for (Header field : headers) {
            if (!field.name().equals("Content-Length")) {
                out.append(field.name()).append(": ").append(field.value()).append("\r\n");
            }
        }
        return out.append("Content-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }

    /** The header lines of one message: all that can be read, and the first fault among them. */
    private static final class Fields {
        final List<Header> list = new ArrayList<>(16);

        @Nullable
        Malformed fault;

        Fields(String head, int from) {
            if (head.length() > LONGEST_HEAD) {
                blame(new Malformed(513, "Message Too Large"));
            }
            int at = from;
            while (at < head.length() && list.size() < MOST_FIELDS) {
                int end = head.indexOf("\r\n", at);
                end = end < 0 ? head.length() : end;
                StringBuilder line = new StringBuilder(head.substring(at, end));
                while (end + 2 < head.length() && isBlank(head.charAt(end + 2))) {
                    int next = head.indexOf("\r\n", end + 2);
                    next = next < 0 ? head.length() : next;
                    line.append(' ').append(head.substring(end + 2, next).trim()); // RFC 3261, 7.3.1: folded
                    end = next;
                }
                add(line.toString());
                at = end + 2;
            }
            if (at < head.length()) {
                blame(new Malformed(513, "Message Too Large"));
            }
        }

        void check() throws Malformed {
            if (fault != null) {
                throw fault;
            }
        }

        private void add(String line) {
            int colon = line.indexOf(':');
            String name = colon < 1 ? "" : line.substring(0, colon).stripTrailing();
            if (!Lexer.isToken(name)) {
                blame(new Malformed("Bad header name"));
                return;
            }
            String known = Header.longForm(name);
            String value = line.substring(colon + 1).trim();
            if (value.length() > LONGEST_LINE) {
                blame(new Malformed(513, "Message Too Large"));
            } else if (!Header.isClean(value)) {
                blame(new Malformed("Control character in " + known));
            } else {
                separate(known, value);
            }
        }

        private void separate(String name, String value) {
            if (!(name.equals("Via") || name.equals("Route") || name.equals("Record-Route"))
                    || value.indexOf(',') < 0) {
                list.add(new Header(name, value));
                return;
            }
            try {
                Lexer.split(value, ',').forEach(part -> list.add(new Header(name, part)));
            } catch (Malformed e) {
                blame(new Malformed("Bad " + name + " (" + e.what() + ")"));
            }
        }

        private void blame(Malformed found) {
            fault = fault == null ? found : fault;
        }

        private static boolean isBlank(char c) {
            return c == ' ' || c == '\t';
        }
    }
}
