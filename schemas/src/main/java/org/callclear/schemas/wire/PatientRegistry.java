package org.callclear.schemas.wire;

import com.fasterxml.jackson.core.type.TypeReference;
import io.confluent.kafka.schemaregistry.client.rest.RestService;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a registry again that has not answered in time. Seen once: a registry took a request in and never answered it, and whoever
 * asked waited for ever. Every request may be made twice: to register a schema that is there gives its id.
 */
final class PatientRegistry extends RestService {
    private static final int TIMES = 3;

    /** @param answerWithin how long one request may take; a registry that has to start up is slow, not silent */
    PatientRegistry(String url, Duration answerWithin) {
        super(List.of(url));
        limit(answerWithin);
    }

    /** To be said once more when a client has been made of it, which sets its own limits. */
    PatientRegistry limit(Duration answerWithin) {
        setHttpConnectTimeoutMs((int) answerWithin.toMillis());
        setHttpReadTimeoutMs((int) answerWithin.toMillis());
        return this;
    }

    @Override
    public <T> T httpRequest(
            String path,
            String method,
            byte @Nullable [] body,
            Map<String, String> properties,
            TypeReference<T> responseFormat)
            throws IOException, RestClientException {
        SocketTimeoutException late = new SocketTimeoutException("never asked");
        for (int time = 0; time < TIMES; time++) {
            try {
                return super.httpRequest(path, method, body, properties, responseFormat);
            } catch (SocketTimeoutException e) {
                late = e;
            }
        }
        throw late;
    }
}
