package org.callclear.systemtests.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/** Who the two sides of leg 0 are, of all who reported it without a transaction id. */
record Pairing(@Nullable AcceptedCdr originating, @Nullable AcceptedCdr terminating) {
    static Pairing of(List<AcceptedCdr> reports) {
        List<Pairing> pairs = new ArrayList<>();
        for (AcceptedCdr one : reports) {
            for (AcceptedCdr other : reports) {
                if (one.getCdr().getRole() == Role.ORIGINATING
                        && other.getCdr().getRole() == Role.TERMINATING
                        && names(one.getCdr()).equals(names(other.getCdr()))) {
                    pairs.add(new Pairing(one, other));
                }
            }
        }
        return pairs.stream()
                .min(Comparator.comparing(Pairing::complete)
                        .thenComparing(pair -> reporter(pair.originating()))
                        .thenComparing(pair -> reporter(pair.terminating())))
                .orElseGet(() -> new Pairing(first(reports, Role.ORIGINATING), first(reports, Role.TERMINATING)));
    }

    private static List<String> names(CallDetailRecord cdr) {
        return List.of(
                cdr.getOriginatingCarrier(),
                Objects.requireNonNullElse(cdr.getTerminatingCarrier(), "nobody of " + cdr.getRole()));
    }

    private Instant complete() {
        Instant one = Objects.requireNonNull(originating).getAcceptedAt();
        Instant other = Objects.requireNonNull(terminating).getAcceptedAt();
        return one.isAfter(other) ? one : other;
    }

    private static String reporter(@Nullable AcceptedCdr report) {
        return Objects.requireNonNull(report).getReporter();
    }

    private static @Nullable AcceptedCdr first(List<AcceptedCdr> reports, Role role) {
        return reports.stream()
                .filter(report -> report.getCdr().getRole() == role)
                .min(Comparator.comparing(AcceptedCdr::getReporter))
                .orElse(null);
    }
}
