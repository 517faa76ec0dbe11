package org.callclear.bench.sip;

import java.util.List;
import picocli.CommandLine.Option;

/** Options of the virtual machine that Callclear runs in, to try them. */
public final class JavaOptions {
    @Option(
            names = "--java",
            split = " ",
            paramLabel = "OPTION",
            description = "options of Callclear's virtual machine beside the usual ones, to try them")
    private List<String> more = List.of();

    /** What stands after the usual ones, and so in the place of those it contradicts. */
    public List<String> more() {
        return more;
    }
}
