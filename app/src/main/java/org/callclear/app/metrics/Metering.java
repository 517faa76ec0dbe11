package org.callclear.app.metrics;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.callclear.metrics.MeterBook;
import org.callclear.metrics.Meters;
import org.callclear.metrics.MetricsPage;
import org.jspecify.annotations.Nullable;

/** The meters of a process: on a page, or read by nobody. */
public final class Metering implements AutoCloseable {
    private final @Nullable MeterBook book;
    private final @Nullable MetricsPage page;

    private Metering(@Nullable MeterBook book, @Nullable MetricsPage page) {
        this.book = book;
        this.page = page;
    }

    /**
     * Shows them at an address; without one they are read by nobody.
     *
     * @throws IllegalStateException with one line, when the address cannot be bound
     */
    public static Metering at(Optional<InetSocketAddress> listen) {
        if (listen.isEmpty()) {
            return new Metering(null, null);
        }
        MeterBook book = new MeterBook();
        try {
            return new Metering(book, MetricsPage.open(book, listen.get()));
        } catch (RuntimeException e) {
            book.close();
            throw e;
        }
    }

    /**
     * Those of one party.
     *
     * @param party its kind, such as {@code gateway}
     * @param name which one of its kind
     */
    public Meters of(String party, String name) {
        return book == null ? Meters.unread() : book.of(party, name);
    }

    /** Where the page is. */
    public Optional<String> url() {
        return Optional.ofNullable(page).map(MetricsPage::url);
    }

    @Override
    public void close() {
        if (page != null) {
            page.close();
        }
        if (book != null) {
            book.close();
        }
    }
}
