package org.callclear.app;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import org.callclear.app.command.Callclear;
import org.callclear.app.command.Terminal;
import org.callclear.schemas.wire.AvroTrust;

/** The program. */
public final class Main {
    private static final Set<String> PARTIES = Set.of("proxy", "clearinghouse", "gateway", "settlement", "pstn");

    private Main() {}

    /** Runs one command and ends with its exit code. */
    public static void main(String[] args) {
        String command = args.length == 0 ? "--help" : args[0];
        // Read by logback.xml, and by nothing else.
        System.setProperty("callclear.stderr", PARTIES.contains(command) ? "INFO" : "WARN");
        AvroTrust.establish();
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        ProcessLife life = ProcessLife.begin();
        int code = Callclear.with(new Terminal(out, err), System.in, life, Clock.systemUTC())
                .execute(args.length == 0 ? new String[] {"--help"} : args);
        life.end(code);
    }
}
