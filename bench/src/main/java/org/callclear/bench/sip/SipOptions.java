package org.callclear.bench.sip;

import java.util.List;
import picocli.CommandLine.Option;

/** What may be asked of the SIP benchmark beside its plan. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class SipOptions {
    @Option(names = "--rate", defaultValue = "300", description = "calls a second (default: ${DEFAULT-VALUE})")
    int rate;

    @Option(names = "--seconds", description = "length of a run (default: 10, quick: 5)")
    int seconds;

    @Option(names = "--warm-up", description = "seconds of calls before all runs (default: 40, quick: 15)")
    int warmUp;

    @Option(
            names = "--ladder",
            split = ",",
            defaultValue = "300,600,1000,1500,2000,3000",
            description = "calls a second, rising, until one does not go well (default: ${DEFAULT-VALUE}); 0: none")
    List<Integer> ladder;

    @Option(names = "--jfr", description = "record where Callclear's processor time goes, and say it at the end")
    boolean jfr;

    int seconds(boolean quick) {
        return seconds > 0 ? seconds : quick ? 5 : 10;
    }

    int warmUp(boolean quick) {
        return warmUp > 0 ? warmUp : quick ? 15 : 40;
    }

    List<Integer> ladder() {
        return ladder.stream().filter(rate -> rate > 0).toList();
    }
}
