package org.callclear.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.callclear.bench.child.JavaChild;
import org.callclear.bench.child.Outcome;
import org.callclear.bench.decode.DecodeRun;
import org.callclear.bench.harness.Machine;
import org.callclear.bench.harness.TemporaryFolder;
import org.callclear.bench.journal.CsvFiles;
import org.callclear.bench.journal.Entry;
import org.callclear.bench.journal.JournalWriter;
import org.callclear.bench.journal.Traffic;
import org.callclear.bench.kafka.Broker;
import org.callclear.bench.kafka.Readers;
import org.callclear.bench.kafka.Topics;
import org.callclear.bench.profile.HotMethods;
import org.callclear.bench.report.Run;
import org.callclear.bench.settle.SettlementRun;
import org.callclear.bench.settle.StoreKind;
import org.callclear.bench.sql.CsvFolder;
import org.callclear.schemas.topics.Topic;

/** A broker with a full journal, and the same records as CSV, in a temporary folder that is removed in the end. */
final class Scene implements AutoCloseable {
    private static final long LONGEST_SECONDS = 1_500;

    private final Options options;
    private final Path folder;
    private final Broker broker;
    private final Topics topics;
    private long journalRecords;

    private Scene(Options options, Path folder) {
        this.options = options;
        this.folder = folder;
        this.broker = Broker.start(folder.resolve("kafka"), options.brokerHeap);
        this.topics = new Topics(broker.address(), Traffic.carriers());
    }

    static Scene set(Options options) {
        try {
            Path folder = TemporaryFolder.make().path();
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Scene scene = new Scene(options, folder);
            scene.topics.make();
            scene.write();
            return scene;
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder cannot be opened to PostgreSQL's user", e);
        }
    }

    Path folder() {
        return folder;
    }

    CsvFolder csv() {
        return new CsvFolder(folder.resolve("csv"));
    }

    String address() {
        return broker.address();
    }

    long journalRecords() {
        return journalRecords;
    }

    /** Leaves nothing of what was settled before, and the journal in the system's file cache. */
    void clear() {
        topics.removeResults();
        topics.make();
        Readers.readThrough(broker.address(), Topic.SETTLEMENT_JOURNAL.topic());
    }

    Run settle(StoreKind kind, int run) {
        topics.removeResults();
        topics.make();
        String name = kind.name().replace('_', '-') + "-" + run;
        Path profile = folder.resolve(name + ".jfr");
        List<String> arguments = new ArrayList<>(List.of(
                broker.address(),
                Long.toString(broker.id()),
                "settlement-" + name,
                kind.name(),
                TemporaryFolder.made(folder.resolve(name)).toString(),
                folder.resolve(name + ".json").toString(),
                options.jfr ? profile.toString() : "-"));
        arguments.addAll(options.streams);
        Run done = child(name, SettlementRun.class.getName(), arguments);
        if (options.jfr) {
            SettlementBench.say(HotMethods.read(profile).text());
        }
        TemporaryFolder.remove(folder.resolve(name));
        return done;
    }

    Run decode(int run) {
        String name = "plain-" + run;
        return child(
                name,
                DecodeRun.class.getName(),
                List.of(
                        broker.address(),
                        Long.toString(broker.id()),
                        folder.resolve(name + ".json").toString()));
    }

    private Run child(String name, String mainClass, List<String> arguments) {
        double load = Machine.load();
        JavaChild.start(
                        folder.resolve(name + ".out"),
                        Arrays.stream(options.javaOptions().split(" ", -1))
                                .filter(option -> !option.isEmpty())
                                .toList(),
                        mainClass,
                        arguments)
                .finish(LONGEST_SECONDS);
        return Run.of(options.reports(), Outcome.read(folder.resolve(name + ".json")), load);
    }

    private void write() {
        long begun = System.nanoTime();
        try (JournalWriter journal = new JournalWriter(broker.address());
                CsvFiles files = new CsvFiles(TemporaryFolder.made(csv().folder()))) {
            Traffic traffic = new Traffic(options.seed, options.reports());
            while (traffic.hasNext()) {
                Entry entry = traffic.next();
                journal.write(entry);
                files.write(entry);
                journalRecords++;
            }
        }
        SettlementBench.say("journal of " + journalRecords + " records (" + options.reports() + " CDRs) written in "
                + (System.nanoTime() - begun) / 1_000_000 + " ms");
    }

    @Override
    public void close() {
        broker.close();
        TemporaryFolder.remove(folder);
    }
}
