package org.callclear.bench.sip;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What may be asked of the SIP benchmark beside its plan. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class SipOptions {
    @Option(names = "--rate", defaultValue = "300", description = "calls a second (default: ${DEFAULT-VALUE})")
    int rate;

    @Option(names = "--seconds", description = "length of a run (default: 10, quick: 4)")
    int seconds;

    @Option(names = "--warm-up", description = "seconds of calls before all runs (default: 300, quick: 12)")
    int warmUp;

    @Option(
            names = "--ladder",
            split = ",",
            description = "calls a second, rising, until one does not go well; 0: none (default:"
                    + " 300,600,1000,1500,2000,3000, quick: 300,3000)")
    @Nullable
    List<Integer> ladder;

    @Mixin
    JavaOptions java;

    @Option(names = "--jfr", description = "record where Callclear's processor time goes, and say it at the end")
    boolean jfr;

    int seconds(boolean quick) {
        return seconds > 0 ? seconds : quick ? 4 : 10;
    }

    int warmUp(boolean quick) {
        return warmUp > 0 ? warmUp : quick ? 12 : 300;
    }

    List<Integer> ladder(boolean quick) {
        List<Integer> usual = quick ? List.of(300, 3_000) : List.of(300, 600, 1_000, 1_500, 2_000, 3_000);
        return (ladder == null ? usual : ladder)
                .stream().filter(step -> step > 0).toList();
    }
}
