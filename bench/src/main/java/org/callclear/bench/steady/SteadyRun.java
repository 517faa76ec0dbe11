package org.callclear.bench.steady;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.app.machine.RunningFile;
import org.callclear.bench.harness.Wait;
import org.callclear.bench.kafka.LogBytes;
import org.callclear.bench.sip.Sipp;
import org.callclear.bench.sip.ThroughCallclear;
import org.callclear.bench.sip.Tools;
import org.callclear.bench.sip.WarmUp;

/** Starts the whole system, warms it up, makes the calls, and looks on. What is asked of its collector is asked while there are no calls. */
final class SteadyRun {
    private static final int ENDED_WITHIN_SECONDS = 30;

    private final SteadyOptions options;
    private final Path folder;
    private final Sipp sipp;
    private final int called = Tools.freePort();

    SteadyRun(SteadyOptions options, Path program, Path folder) {
        this.options = options;
        this.folder = folder;
        this.sipp = new Sipp(program, folder, called);
    }

    Course run() {
        Path log = folder.resolve("gc.log");
        List<String> java = new ArrayList<>(options.java.more());
        java.add(GcLog.option(log));
        try (ThroughCallclear callclear = ThroughCallclear.start(folder, called, java)) {
            say("warming up");
            WarmUp.run(sipp, callclear, options.rate(), (int) options.warmUp().toSeconds());
            return course(callclear, log);
        } catch (IOException e) {
            throw new IllegalStateException("the run cannot be looked at", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Course course(ThroughCallclear callclear, Path log) throws IOException, InterruptedException {
        Watched watched = new Watched(callclear);
        Course.Holding before = holding(callclear);
        say("calls for " + options.lasts().toSeconds() + " s");
        Instant begun = Instant.now();
        Sipp.Run calls;
        List<Look> looks;
        int missed;
        try (Lookout lookout = new Lookout(watched, options.lookEach())) {
            calls = calls(callclear, options.rate(), options.lasts());
            looks = lookout.looks();
            missed = lookout.missed();
        }
        Instant ended = Instant.now();
        double open = openInTheEnd(watched);
        Course.Holding after = holding(callclear);
        GcLog stopped = GcLog.read(log).between(begun, ended);
        return new Course(calls, begun, options.part(), looks, missed, stopped, before, after, open);
    }

    private Sipp.Run calls(ThroughCallclear callclear, int rate, Duration time) {
        return sipp.run(callclear, rate, (int) time.toSeconds(), false);
    }

    private Course.Holding holding(ThroughCallclear callclear) throws IOException, InterruptedException {
        Wait.pause(options.rest());
        return new Course.Holding(
                new Jcmd(callclear.id()).liveObjects(),
                LogBytes.byTopic(RunningFile.setup(callclear.data()).clientSettings()),
                callclear.cpuNanos());
    }

    /** What follows a call, its reports, takes a moment; what is open after that stays open. */
    private static double openInTheEnd(Watched watched) throws IOException, InterruptedException {
        double open = watched.openCalls();
        for (int second = 0; open > 0 && second < ENDED_WITHIN_SECONDS; second++) {
            Wait.pause(Duration.ofSeconds(1));
            open = watched.openCalls();
        }
        return open;
    }

    private static void say(String line) {
        System.err.println("bench: " + line);
    }
}
