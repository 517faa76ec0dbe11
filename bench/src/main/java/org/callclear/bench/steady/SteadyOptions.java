package org.callclear.bench.steady;

import java.time.Duration;
import org.callclear.bench.harness.Plan;
import org.callclear.bench.sip.JavaOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What may be asked of the steady state's benchmark. There is one run, whatever {@code --runs} says. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class SteadyOptions {
    static final int PARTS = 6;
    private static final int RATE = 300;
    /** Two cores that still compile are too busy for more. */
    private static final int QUICK_RATE = 50;
    /** Proxies remember a call for 2 min. */
    private static final Duration REST = Duration.ofSeconds(150);

    private static final Duration QUICK_REST = Duration.ofSeconds(5);
    private static final Duration QUICK_PART = Duration.ofSeconds(6);

    @Spec
    CommandSpec spec;

    @Mixin
    Plan plan;

    @Mixin
    JavaOptions java;

    private int rate;
    private int minutes;
    private int rest;

    @Option(names = "--rate", description = "calls a second (default: " + RATE + ", quick: " + QUICK_RATE + ")")
    void rate(int wanted) {
        rate = atLeastOne("--rate", wanted);
    }

    @Option(
            names = "--minutes",
            defaultValue = "30",
            description = "how long, after a warm-up of five (default: ${DEFAULT-VALUE}; quick: less than one)")
    void minutes(int wanted) {
        minutes = atLeastOne("--minutes", wanted);
    }

    @Option(
            names = "--rest",
            description = "seconds without calls before what is alive is counted (default: 150, quick: 5)")
    void rest(int wanted) {
        rest = atLeastOne("--rest", wanted);
    }

    private int atLeastOne(String option, int wanted) {
        if (wanted < 1) {
            throw new ParameterException(spec.commandLine(), option + " " + wanted + ": must be 1 or more");
        }
        return wanted;
    }

    int rate() {
        int usual = plan.isQuick() ? QUICK_RATE : RATE;
        return rate > 0 ? rate : usual;
    }

    Duration warmUp() {
        return Duration.ofSeconds(plan.isQuick() ? 20 : 120);
    }

    /** The run is looked at in so many parts of this length. */
    Duration part() {
        return plan.isQuick() ? QUICK_PART : Duration.ofMinutes(minutes).dividedBy(PARTS);
    }

    Duration lasts() {
        return part().multipliedBy(PARTS);
    }

    Duration lookEach() {
        return Duration.ofSeconds(plan.isQuick() ? 1 : 5);
    }

    /** Without calls, before what is alive is counted: until all is forgotten that is soon forgotten. */
    Duration rest() {
        Duration usual = plan.isQuick() ? QUICK_REST : REST;
        return rest > 0 ? Duration.ofSeconds(rest) : usual;
    }
}
