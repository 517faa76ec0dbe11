package org.callclear.app.stack;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.callclear.schemas.wire.KafkaAccess;

/**
 * One connection of a party to the broker, below Kafka's clients: they would not send a request to a topic they cannot
 * describe, and so never show whether the broker would have refused it.
 */
final class PartyWire implements AutoCloseable {
    private static final int SILENT_MILLIS = 60_000;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int correlation;

    private PartyWire(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    /** Connects with a party's certificate. */
    static PartyWire open(KafkaAccess access) throws IOException {
        Map<String, Object> settings = new HashMap<>(access.clientSettings());
        settings.put("ssl.protocol", "TLSv1.3");
        settings.put("ssl.enabled.protocols", List.of("TLSv1.3"));
        settings.put("ssl.cipher.suites", List.of());
        String[] address = access.bootstrapServers().split(":", 2);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(settings);
            SSLSocket socket = (SSLSocket)
                    factory.sslContext().getSocketFactory().createSocket(address[0], Integer.parseInt(address[1]));
            socket.setSoTimeout(SILENT_MILLIS);
            socket.setTcpNoDelay(true);
            return new PartyWire(socket);
        }
    }

    /** Sends a request and waits for its answer. */
    <T extends ApiMessage> T ask(ApiKeys api, int version, ApiMessage request, Class<T> answer) {
        RequestHeader header = new RequestHeader(api, (short) version, "access-walk", ++correlation);
        byte[] head = bytes(MessageUtil.toByteBufferAccessor(header.data(), header.headerVersion())
                .buffer());
        byte[] body =
                bytes(MessageUtil.toByteBufferAccessor(request, (short) version).buffer());
        try {
            out.writeInt(head.length + body.length);
            out.write(head);
            out.write(body);
            out.flush();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            return answer.cast(AbstractResponse.parseResponse(ByteBuffer.wrap(bytes), header)
                    .data());
        } catch (IOException e) {
            throw new UncheckedIOException(api + " version " + version + ": no answer", e);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
