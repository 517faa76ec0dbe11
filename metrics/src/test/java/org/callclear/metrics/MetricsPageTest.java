package org.callclear.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page over HTTP. */
class MetricsPageTest {
    private static final InetSocketAddress FREE_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final MeterBook book = new MeterBook();
    private final MetricsPage page = MetricsPage.open(book, FREE_PORT);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        page.close();
        book.close();
    }

    @Test
    void itIsPlainTextUnlessOpenMetricsIsAskedFor() throws Exception {
        book.of("proxy", "acme/p1").gauge("open", "calls now", () -> 3);

        HttpResponse<String> plain = send("GET", "/metrics", "*/*");
        HttpResponse<String> open = send(
                "GET",
                "/metrics",
                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2");

        assertThat(plain.statusCode()).isEqualTo(200);
        assertThat(type(plain)).startsWith("text/plain; version=0.0.4");
        assertThat(plain.body()).contains("callclear_open{name=\"acme/p1\",party=\"proxy\"} 3.0\n");
        assertThat(type(open)).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(open.body()).contains("callclear_open{").endsWith("# EOF\n");
    }

    @Test
    void itShowsTheJvm() throws Exception {
        assertThat(send("GET", "/metrics?x=1", "*/*").body())
                .contains("jvm_memory_used_bytes{area=\"heap\"", "jvm_threads_live_threads ", "jvm_gc_");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404",
        "GET, /metrics/, 404",
        "GET, /metricsandmore, 404",
        "GET, /metrics/../etc/passwd, 404",
        "POST, /, 404",
        "POST, /metrics, 405",
        "PUT, /metrics, 405",
        "DELETE, /metrics, 405",
        "HEAD, /metrics, 405",
        "OPTIONS, /metrics, 405"
    })
    void nothingElseIsThere(String method, String path, int status) throws Exception {
        HttpResponse<String> answer = send(method, path, "*/*");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("jvm_");
        if (status == 405) {
            assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
        }
    }

    @Test
    void anAddressInUseIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MetricsPage.open(book, page.address()))
                .withMessageContaining("metrics.listen")
                .withMessageContaining(Integer.toString(page.address().getPort()));
    }

    private HttpResponse<String> send(String method, String path, String accept)
            throws IOException, InterruptedException {
        URI place = URI.create(page.url().replace("/metrics", path));
        return client.send(
                HttpRequest.newBuilder(place)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header("Accept", accept)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElseThrow();
    }
}
