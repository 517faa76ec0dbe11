package org.callclear.app.machine;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * {@code DATA/callclear.log}: all that standard error does not show. Each midnight, and when it is long, it goes to {@code
 * DATA/logs}, compressed; the oldest of those are deleted.
 */
final class LogFile implements AutoCloseable {
    /**
     * How much is kept.
     *
     * @param longest of the file that is written to
     * @param old of all compressed files together
     * @param days how many of them
     */
    record Kept(FileSize longest, FileSize old, int days) {
        /** A call at the usual level takes a third of a kilobyte: ten minutes of 500 calls/s fill the file. */
        static final Kept USUAL = new Kept(FileSize.valueOf("100MB"), FileSize.valueOf("2GB"), 90);
    }

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
    static AutoCloseable in(Path data, Kept kept) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return () -> {};
        }
        FileAppender<ILoggingEvent> appender = appender(data, kept, context);
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        Logger recovery = context.getLogger(RECOVERY);
        recovery.setAdditive(false);
        recovery.addAppender(appender);
        if (!isRolled(data)) {
            root.warn("{}: grows without end, for a data directory with a % in its path", appender.getFile());
        }
        return new LogFile(root, recovery, appender);
    }

    private static FileAppender<ILoggingEvent> appender(Path data, Kept kept, LoggerContext context) {
        FileAppender<ILoggingEvent> appender = isRolled(data) ? rolling(data, kept, context) : new FileAppender<>();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        appender.setContext(context);
        appender.setName(file(data)); // by which logback knows that two write to one file
        appender.setFile(file(data));
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static RollingFileAppender<ILoggingEvent> rolling(Path data, Kept kept, LoggerContext context) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setFile(file(data));
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(data.resolve("logs")
                .resolve("callclear-%d{yyyy-MM-dd}.%i.log.gz")
                .toString());
        policy.setMaxFileSize(kept.longest());
        policy.setTotalSizeCap(kept.old());
        policy.setMaxHistory(kept.days());
        policy.setCleanHistoryOnStart(true);
        policy.start();
        appender.setRollingPolicy(policy);
        return appender;
    }

    /** In logback's patterns of file names a % cannot be escaped. */
    private static boolean isRolled(Path data) {
        return data.toString().indexOf('%') < 0;
    }

    private static String file(Path data) {
        return data.resolve("callclear.log").toString();
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        recovery.detachAppender(appender);
        recovery.setAdditive(true);
        appender.stop();
    }
}
