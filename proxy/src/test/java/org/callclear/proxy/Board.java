package org.callclear.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import org.callclear.metrics.MeterBook;
import org.callclear.proxy.call.CallPolicy;
import org.callclear.proxy.journal.CallJournal;
import org.callclear.proxy.subscribers.Subscribers;
import org.callclear.proxy.subscribers.UsersFile;

/** A switchboard on a fake clock, with a real journal; everything happens on the test's thread, in order. */
final class Board implements AutoCloseable {
    static final CallPolicy POLICY =
            new CallPolicy(3, Duration.ofSeconds(6), Duration.ofSeconds(5), Duration.ofSeconds(60));

    final FakeTimers time = new FakeTimers();
    final MeterBook meters = new MeterBook();
    final CallCounters counters = new CallCounters(meters.of("proxy", "acme/p1"));
    final FakeExchange exchange;
    final CallJournal journal;
    final Reports reports;
    final Switchboard switchboard;

    Board(Path directory, FakeExchange exchange, int mostCalls) {
        this.exchange = exchange;
        try {
            journal = CallJournal.open(directory.resolve("data"));
            reports = new Reports(journal, exchange, counters);
            Executor inOrder = inOrder();
            switchboard = new Switchboard(
                    new Switchboard.Tools(
                            subscribers(directory),
                            exchange,
                            journal,
                            call -> inOrder,
                            time,
                            time,
                            new Random(11),
                            POLICY,
                            mostCalls),
                    reports,
                    counters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        exchange.hearing = switchboard::heard;
    }

    /** A new call of this caller. */
    FakeCaller calls(FakeCaller caller) {
        switchboard.invited(caller);
        return caller;
    }

    @Override
    public void close() {
        journal.close();
    }

    static Path usersFile(Path directory) throws IOException {
        Path file = directory.resolve("users.csv");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, "username,password,number\nalice,wonder,15550100001\nbob,builder,\n");
        }
        return file;
    }

    static Subscribers subscribers(Path directory) throws IOException {
        return switch (UsersFile.read(usersFile(directory))) {
            case UsersFile.Reading.Read read -> read.subscribers();
            case UsersFile.Reading.Unusable unusable -> throw new AssertionError(unusable);
        };
    }

    /** What is added while something runs is run after it. */
    private static Executor inOrder() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        boolean[] running = {false};
        return task -> {
            waiting.add(task);
            if (!running[0]) {
                running[0] = true;
                for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
                    next.run();
                }
                running[0] = false;
            }
        };
    }
}
