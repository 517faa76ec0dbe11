package org.callclear.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Between messages and bytes. */
public interface SipCodec {
    /** Our own reader and writer. */
    SipCodec STRICT = new StrictCodec();

    /** Reads one message: a datagram, or what a stream's framing cut out. */
    Decoded decode(byte[] bytes);

    /** Writes a message, with its Content-Length. */
    byte[] encode(SipMessage message);

    /** The answer to a request at fault: as much of RFC 3261, 8.2.6 as the request allows. */
    static byte[] answer(Decoded.Faulty faulty, String tag, String server) {
        List<Header> fields = new ArrayList<>();
        SipResponse.copy(faulty.headers(), "Via", fields);
        SipResponse.copy(faulty.headers(), "From", fields);
        for (String to : faulty.headers().all("To")) {
            boolean tagged = to.toLowerCase(Locale.ROOT).contains("tag=");
            fields.add(new Header("To", tagged ? to : to + ";tag=" + tag));
        }
        SipResponse.copy(faulty.headers(), "Call-ID", fields);
        SipResponse.copy(faulty.headers(), "CSeq", fields);
        fields.add(new Header("Server", server));
        return StrictCodec.write("SIP/2.0 " + faulty.status() + " " + faulty.reason(), new Headers(fields), "")
                .getBytes(StandardCharsets.ISO_8859_1);
    }
}
