package org.callclear.app.machine;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** {@code DATA/callclear.log}: all that standard error does not show. */
final class LogFile implements AutoCloseable {
    /**
     * Says at level ERROR of every segment that a kill left without its index that the index is made anew. Whoever runs a
     * machine is told once, by the stack, that the log was recovered.
     */
    private static final String RECOVERY = "org.apache.kafka.storage.internals.log.LogLoader";

    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{0} %msg%n";

    private final Logger root;
    private final Logger recovery;
    private final FileAppender<ILoggingEvent> appender;

    private LogFile(Logger root, Logger recovery, FileAppender<ILoggingEvent> appender) {
        this.root = root;
        this.recovery = recovery;
        this.appender = appender;
    }

    /** Begins to write; nothing happens where logging is not logback's. */
    static AutoCloseable in(Path data) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return () -> {};
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(data.resolve("callclear.log").toString());
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        Logger recovery = context.getLogger(RECOVERY);
        recovery.setAdditive(false);
        recovery.addAppender(appender);
        return new LogFile(root, recovery, appender);
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        recovery.detachAppender(appender);
        recovery.setAdditive(true);
        appender.stop();
    }
}
