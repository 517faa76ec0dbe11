package org.callclear.bench;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.callclear.bench.books.Books;
import org.callclear.bench.books.Ledger;
import org.callclear.bench.duckdb.DuckBatch;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Machine;
import org.callclear.bench.postgres.PostgresServer;
import org.callclear.bench.postgres.SqlBatch;
import org.callclear.bench.report.Figure;
import org.callclear.bench.report.Markdown;
import org.callclear.bench.report.Report;
import org.callclear.bench.report.Run;
import org.callclear.bench.settle.SettlementUnderTest;
import org.callclear.bench.settle.StoreKind;
import org.callclear.bench.sql.Batch;
import org.jspecify.annotations.Nullable;

/** Settlement with both kinds of store, a plain consumer and PostgreSQL, in turn, over one journal. */
final class SettlementBench {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmm").withZone(ZoneOffset.UTC);

    private final Options options;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private final List<String> checks = new ArrayList<>();
    private boolean sound = true;
    private @Nullable Ledger statements;

    SettlementBench(Options options) {
        this.options = options;
    }

    /** Whether all checks held. */
    boolean run() {
        Figure rocks = Figure.named("settlement, RocksDB stores", 60_000);
        Figure memory = Figure.named("settlement, in-memory stores", 100_000);
        Figure plain = Figure.named("plain consumer that decodes", 0);
        Figure sql = Figure.named("PostgreSQL batch", 0);
        Figure duck = Figure.named("DuckDB batch", 0);
        Instant at = Instant.now();
        try (Scene scene = Scene.set(options);
                PostgresHolder postgres = PostgresHolder.start(options, scene.folder())) {
            for (int run = 1; run <= options.times(); run++) {
                settle(scene, StoreKind.ROCKSDB, rocks, run);
                settle(scene, StoreKind.IN_MEMORY, memory, run);
                decode(scene, plain, run);
                batch(scene, postgres, sql, run);
                if (options.wants("duckdb")) {
                    double load = Machine.load();
                    enter(new DuckBatch(scene.folder(), scene.csv()).run(), duck, run, load);
                }
            }
            for (Figure figure : List.of(rocks, memory, plain, sql, duck)) {
                if (!figure.runs().isEmpty()) {
                    figures.add(figure);
                }
            }
            ask(memory, plain, 0.15);
            ask(rocks, plain, 0.06);
            ask(memory, sql, 1.25);
            finish(at, scene);
        }
        return sound;
    }

    private void settle(Scene scene, StoreKind kind, Figure figure, int run) {
        if (!options.wants(kind.name().toLowerCase(java.util.Locale.ROOT))) {
            return;
        }
        if (!SettlementUnderTest.kinds().contains(kind)) {
            say("settlement with " + kind + " stores: this topology cannot be built so; left out");
            return;
        }
        figure.runs().add(scene.settle(kind, run));
        Books books = Books.read(scene.address());
        check(
                books.balances(),
                kind + " run " + run + ": " + books.postings() + " postings sum to " + books.sums()
                        + "; largest statement " + books.largestStatementBytes() + " bytes");
        if (statements != null) {
            List<String> differences = statements.differences(books.ledger());
            check(differences.isEmpty(), kind + " run " + run + ": statements as in the run before " + differences);
        }
        statements = books.ledger();
        say(figure, run);
    }

    private void decode(Scene scene, Figure figure, int run) {
        if (options.wants("plain")) {
            figure.runs().add(scene.decode(run));
            say(figure, run);
        }
    }

    private void batch(Scene scene, PostgresHolder postgres, Figure figure, int run) {
        Optional<PostgresServer> server = postgres.server();
        if (server.isPresent()) {
            double load = Machine.load();
            enter(new SqlBatch(server.get(), scene.csv()).run(), figure, run, load);
        }
    }

    private void enter(Batch done, Figure figure, int run, double load) {
        figure.runs().add(Run.of(options.reports(), done.nanos(), load));
        checks.add(figure.name() + " run " + run + ": load " + millis(done.copyNanos()) + ", ANALYZE "
                + millis(done.analyzeNanos()) + ", SQL " + millis(done.sumNanos()));
        say(figure, run);
        if (statements != null && run == 1) {
            List<String> differences = statements.differences(done.ledger());
            check(
                    differences.isEmpty(),
                    "statements against " + figure.name() + ": " + statements.size() + " lines, " + statements.calls()
                            + " calls, "
                            + (differences.isEmpty() ? "equal to the last digit" : "DIFFERENT: " + differences));
        }
    }

    private void ask(Figure figure, Figure reference, double share) {
        if (figure.median() > 0 && reference.median() > 0) {
            asked.add(Asked.atLeast(
                    figure.name() + ", of " + reference.name(), (double) figure.median() / reference.median(), share));
        }
    }

    private void check(boolean holds, String text) {
        checks.add((holds ? "ok: " : "WRONG: ") + text);
        say(checks.get(checks.size() - 1));
        sound &= holds;
    }

    private void finish(Instant at, Scene scene) {
        for (Figure figure : figures) {
            if (figure.atLeast() > 0) {
                asked.add(
                        Asked.atLeast(figure.name() + ", CDR/s", (double) figure.median(), (double) figure.atLeast()));
            }
        }
        Report report = new Report(
                at.toString(),
                options.command,
                options.commit,
                Machine.here(),
                options.reports(),
                scene.journalRecords(),
                List.of(
                        "measured processes: " + options.javaOptions() + "; broker heap " + options.brokerHeap,
                        "settings tried: " + options.streams,
                        "PostgreSQL: " + String.join(", ", PostgresServer.options())),
                figures,
                asked,
                checks);
        String name = "settlement-" + DATE.format(at);
        report.write(options.results, name);
        System.out.println();
        System.out.print(Markdown.table(report));
        System.out.println("report: " + options.results.resolve(name + ".md"));
    }

    private static void say(Figure figure, int run) {
        Run last = figure.runs().get(figure.runs().size() - 1);
        say(String.format(
                java.util.Locale.ROOT,
                "%s, run %d: %,d CDR/s (from cold: %,d) in %.2f s (started in %.1f s, heap %d MiB, RSS %d MiB, CPU %.1f s, broker %.1f s)",
                figure.name(),
                run,
                last.rate(),
                last.coldRate(),
                last.seconds(),
                last.startSeconds(),
                last.mostHeapMib(),
                last.rssMib(),
                last.cpuSeconds(),
                last.brokerCpuSeconds()));
    }

    private static String millis(long nanos) {
        return nanos / 1_000_000 + " ms";
    }

    static void say(String text) {
        System.out.println(text);
    }
}
