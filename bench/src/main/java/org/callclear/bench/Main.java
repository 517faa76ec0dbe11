package org.callclear.bench;

import org.callclear.bench.authorize.AuthorizationBench;
import org.callclear.bench.counting.CountingBench;
import org.callclear.bench.decks.DeckOptions;
import org.callclear.bench.decks.DecksBench;
import org.callclear.bench.floods.FloodOptions;
import org.callclear.bench.floods.FloodsBench;
import org.callclear.bench.harness.Plan;
import org.callclear.bench.scale.ScaleOptions;
import org.callclear.bench.sip.SipBench;
import org.callclear.bench.sip.SipOptions;
import org.callclear.bench.start.StartBench;
import org.callclear.bench.start.StartOptions;
import org.callclear.bench.steady.SteadyBench;
import org.callclear.bench.steady.SteadyOptions;
import org.callclear.bench.tokens.TokensBench;
import org.callclear.schemas.wire.AvroTrust;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The benchmarks' command line. */
@Command(
        name = "bench/run",
        description = "Measures Callclear and writes down what it measured.",
        mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    /** Runs one benchmark; the process's status is 0 when it ran and its checks held. */
    public static void main(String[] args) {
        AvroTrust.establish(); // before the first generated class is touched
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Command(
            name = "settlement",
            description =
                    "CDRs a second from the journal to closing statements, beside a plain consumer and PostgreSQL.",
            mixinStandardHelpOptions = true)
    int settlement(@Mixin Options options) {
        return new SettlementBench(options).run() ? 0 : 1;
    }

    @Command(
            name = "decks",
            description = "Longest-prefix look-ups, memory and import of a large rate deck, beside a hash map.",
            mixinStandardHelpOptions = true)
    int decks(@Mixin DeckOptions options) {
        return new DecksBench(options).run(System.out) ? 0 : 1;
    }

    @Command(
            name = "authorization",
            description = "A proxy's wait for its answer and the most answers a second, beside a bare echo over Kafka.",
            mixinStandardHelpOptions = true)
    int authorization(
            @Mixin Plan plan,
            @Option(
                            names = "--jfr",
                            description = "record where the clearinghouse's processor time goes, and say it at the end")
                    boolean jfr) {
        return new AuthorizationBench(plan, jfr).run(System.out) ? 0 : 1;
    }

    @Command(
            name = "replay",
            description = "A statement computed again from a journal of a million calls.",
            mixinStandardHelpOptions = true)
    int replay(@Mixin Plan plan) {
        return new ReplayBench(plan).run(System.out) ? 0 : 1;
    }

    @Command(
            name = "tokens",
            description = "Tokens issued and verified a second on one core, beside the bare signatures.",
            mixinStandardHelpOptions = true)
    int tokens(@Mixin Plan plan) {
        return new TokensBench(plan).run(System.out) ? 0 : 1;
    }

    @Command(
            name = "start",
            description = "From `bin/callclear up` to READY, on an empty data directory and on a used one.",
            mixinStandardHelpOptions = true)
    int start(@Mixin StartOptions options) {
        return new StartBench(options).run(System.out) ? 0 : 1;
    }

    @Command(
            name = "sip",
            description =
                    "INVITE to 180 and to 200 through all of Callclear, through Kamailio, and directly (needs sipp).",
            mixinStandardHelpOptions = true)
    int sip(@Mixin Plan plan, @Mixin SipOptions options) {
        return new SipBench(plan, options).run(System.out) ? 0 : 1;
    }

    @Command(
            name = "steady",
            description = "Half an hour of calls through all of Callclear: pauses, memory, disk and lag (needs sipp).",
            mixinStandardHelpOptions = true)
    int steady(@Mixin SteadyOptions options) {
        return new SteadyBench(options).run(System.out) ? 0 : 1;
    }

    @Command(
            name = "scale",
            description = "One, two and four instances of settlement and clearinghouse over the same topics.",
            mixinStandardHelpOptions = true)
    int scale(@Mixin ScaleOptions options) {
        return new ScaleBench(options).run(System.out) ? 0 : 1;
    }

    @Command(
            name = "metrics",
            description = "What counting costs: decisions and token checks a second with meters and without.",
            mixinStandardHelpOptions = true)
    int metrics(@Mixin Plan plan) {
        return new CountingBench(plan).run(System.out) ? 0 : 1;
    }

    @Command(
            name = "floods",
            description = "How long a known caller waits for the first answer, while others flood the same agent.",
            mixinStandardHelpOptions = true)
    int floods(@Mixin FloodOptions options) {
        return new FloodsBench(options).run(System.out) ? 0 : 1;
    }
}
