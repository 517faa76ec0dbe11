package org.callclear.app.logview;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Grant;
import org.jspecify.annotations.Nullable;

/** Who took part in a call, for the head of its ladder. */
final class Parties {
    private final Set<String> numbers = new LinkedHashSet<>();
    private final Set<String> originating = new LinkedHashSet<>();
    private final Set<String> terminating = new LinkedHashSet<>();
    private final Set<String> gateways = new LinkedHashSet<>();
    private final Numbers shown;

    private Parties(Numbers shown) {
        this.shown = shown;
    }

    /** Lines; what nobody says is left out. */
    static List<String> of(List<LogRecord> records, Numbers shown) {
        Parties parties = new Parties(shown);
        records.forEach(record -> parties.take(record.value()));
        return parties.lines();
    }

    private void take(@Nullable SpecificRecord value) {
        switch (value) {
            case AuthorizationRequest request -> {
                originating.add(request.getOriginatingCarrier());
                numbers(request.getCalling(), request.getCalled());
            }
            case Grant grant -> {
                originating.add(grant.getOriginatingCarrier());
                numbers(grant.getCalling(), grant.getCalled());
                grant.getRoutes().forEach(route -> {
                    terminating.add(route.getTerminatingCarrier());
                    gateways.add(route.getGateway());
                });
            }
            case AcceptedCdr accepted -> take(accepted.getCdr());
            case CallDetailRecord cdr -> {
                originating.add(cdr.getOriginatingCarrier());
                add(terminating, cdr.getTerminatingCarrier());
                add(gateways, cdr.getGateway());
                numbers(cdr.getCalling(), cdr.getCalled());
            }
            case null -> {}
            default -> {}
        }
    }

    private static void add(Set<String> all, @Nullable String one) {
        if (one != null) {
            all.add(one);
        }
    }

    private void numbers(String calling, String called) {
        numbers.add(shown.show(calling) + " to " + shown.show(called));
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!originating.isEmpty()) {
            lines.addAll(Ladder.wrap(
                    String.join(", ", numbers) + "; from " + names(originating)
                            + (terminating.isEmpty() ? "" : " to " + names(terminating))
                            + (gateways.isEmpty() ? "" : "; gateways " + names(gateways)),
                    Ladder.WIDTH));
        }
        return lines;
    }

    private String names(Set<String> names) {
        return shown.showText(String.join(", ", names));
    }
}
