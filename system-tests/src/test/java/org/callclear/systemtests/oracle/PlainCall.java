package org.callclear.systemtests.oracle;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/** All that has come about a call, and what each of its attempts comes to now. */
final class PlainCall {
    private static final int MOST_CORRECTIONS = 1_000;

    /** Its attempts by number. */
    final Map<Integer, PlainLeg> legs = new TreeMap<>();

    /** The reports that count, by leg, role and reporter. */
    final Map<String, AcceptedCdr> reports = new TreeMap<>();

    /** States of the disputes of strangers' reports, by what follows the call id in their names. */
    final Map<String, String> strangers = new TreeMap<>();

    /** Why they were strangers' as they were told last, by the same names; empty once they are none. */
    final Map<String, String> reasons = new TreeMap<>();

    private final Map<String, Set<CallDetailRecord>> seen = new HashMap<>();
    private final Map<String, Integer> corrections = new HashMap<>();
    private final Set<String> commands = new HashSet<>();
    private final long delayWhenUnsaid;
    private @Nullable Grant grant;

    PlainCall(long delayWhenUnsaid) {
        this.delayWhenUnsaid = delayWhenUnsaid;
    }

    void grant(Grant granted) {
        if (grant == null) {
            grant = granted;
        }
    }

    void report(AcceptedCdr report) {
        CallDetailRecord cdr = report.getCdr();
        leg(cdr.getLeg());
        String key = cdr.getLeg() + "/" + cdr.getRole() + "/" + report.getReporter();
        AcceptedCdr standing = reports.get(key);
        boolean isNew = seen.computeIfAbsent(key, any -> new HashSet<>()).add(cdr);
        boolean corrects = standing != null
                && isNew
                && cdr.getVersion() > standing.getCdr().getVersion();
        if (standing == null || (corrects && corrections.merge(key, 1, Integer::sum) <= MOST_CORRECTIONS)) {
            reports.put(key, report);
        }
    }

    /** Decides a dispute, if it is open. */
    void resolve(ResolveDispute command) {
        PlainLeg leg = legs.get(command.getLeg());
        String id = command.getDisputeId().substring(command.getCallId().length());
        if (!commands.add(command.getCommandId())) {
            return;
        }
        if (strangers.containsKey(id)) {
            resolve(id, command.getResolution());
        } else if (leg != null && id.equals("/" + command.getLeg())) {
            var unused = leg.resolve(command);
        }
    }

    /** Of a stranger's report nothing is claimed that could be owed. */
    private void resolve(String stranger, Resolution resolution) {
        boolean fits = resolution == Resolution.REJECTED || resolution == Resolution.WITHDRAWN;
        if (fits && "OPEN".equals(strangers.get(stranger))) {
            strangers.put(stranger, resolution.name());
        }
    }

    void rerate(RerateCall command) {
        boolean isPromised = command.getLeg() > 0 && command.getSide() == Role.TERMINATING; // a signed token says so
        Sight sight = Sight.of(this, command.getLeg(), grant);
        boolean isHearsay = command.getLeg() == 0
                && (command.getSide() == Role.ORIGINATING ? sight.originating() : sight.terminating()) == null;
        if (commands.add(command.getCommandId()) && !isPromised && !isHearsay) {
            leg(command.getLeg()).rerate(command.getSide(), command.getTerms(), sight.stamped(command.getSide()));
        }
    }

    private PlainLeg leg(int number) {
        return legs.computeIfAbsent(number, any -> new PlainLeg());
    }

    /** Judges every attempt at a log time; gives none away. */
    void judge(long logSeconds) {
        legs.forEach((number, leg) -> judge(number, leg, logSeconds));
        strangers();
        strangers.forEach((name, state) -> {
            if (state.equals("OPEN")) {
                reasons.put(name, reason(Objects.requireNonNull(reports.get(name.substring(1)))));
            } else if (state.equals("GONE")) {
                reasons.put(name, "");
            }
        });
    }

    private void judge(int number, PlainLeg leg, long logSeconds) {
        Sight sight = Sight.of(this, number, grant);
        if (number == 0) {
            leg.compareStamps(sight::stamped);
        }
        Long since = sight.waitsSince();
        long until = since == null ? 0 : Math.ceilDiv(since + 1000 * delay(sight), 1000L);
        leg.givenUp = since != null && (leg.givenUp || until <= logSeconds);
        leg.waitsUntil = since == null || leg.givenUp ? null : Long.valueOf(until);
        List<Sight> others = legs.keySet().stream()
                .filter(other -> other != number)
                .map(other -> Sight.of(this, other, grant))
                .toList();
        Finding finding = sight.finding(leg, leg.givenUp, others);
        if (finding != null
                && finding.isDisputable()
                && !Rules.passes(sight.agreement().getGate(), finding)) {
            leg.letGo(finding);
        } else {
            leg.judge(finding);
        }
    }

    private long delay(Sight sight) {
        Agreement agreement = sight.agreement();
        return agreement.getOneSidedDelaySeconds() == 0 ? delayWhenUnsaid : agreement.getOneSidedDelaySeconds();
    }

    /** When the first of its attempts that wait is given up, in log seconds; null when none waits. */
    @Nullable
    Long nextGivingUp() {
        return legs.values().stream()
                .map(leg -> leg.waitsUntil)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private void strangers() {
        if (grant == null) {
            strangersOfThePair();
            return;
        }
        Grant granted = grant;
        reports.forEach((key, report) -> {
            if (!isParty(granted, report)) {
                strangers(key, report.getCdr().getAnsweredAt() != null);
            } else if (strangers.containsKey("/" + key)) {
                strangers.put("/" + key, "GONE");
            }
        });
    }

    /** Who reports leg 0 beside the two that are its sides, or with a transaction id beside one without. */
    private void strangersOfThePair() {
        Sight sight = Sight.of(this, 0, null);
        reports.forEach((key, report) -> {
            if (report.getCdr().getLeg() == 0) {
                boolean beside = !report.equals(sight.originating())
                        && !report.equals(sight.terminating())
                        && ((sight.originating() != null && sight.terminating() != null)
                                || (report.getCdr().getTransactionId() != null && sight.stray() == null));
                boolean answered = report.getCdr().getAnsweredAt() != null;
                if (beside && answered) {
                    strangers(key, true);
                } else if (strangers.containsKey("/" + key)) {
                    strangers.put("/" + key, "GONE");
                }
            }
        });
    }

    private void strangers(String key, boolean answered) {
        String id = "/" + key;
        String state = strangers.get(id);
        if (answered && (state == null || state.equals("GONE"))) {
            strangers.put(id, "OPEN");
        } else if (!answered && state != null) {
            strangers.put(id, "GONE");
        }
    }

    /** The word for why a report is from no party. */
    private String reason(AcceptedCdr report) {
        CallDetailRecord cdr = report.getCdr();
        if (grant == null) {
            return cdr.getTransactionId() == null ? "NOT_OF_THE_PAIR" : "NO_GRANT";
        }
        if (cdr.getLeg() == 0) {
            return "AUTHORIZED_HERE";
        }
        Map<Integer, GrantedRoute> routes = new HashMap<>();
        grant.getRoutes().forEach(route -> routes.put(route.getLeg(), route));
        GrantedRoute route = routes.get(cdr.getLeg());
        if (route == null) {
            return "LEG_NOT_GRANTED";
        }
        Object party =
                cdr.getRole() == Role.ORIGINATING ? grant.getOriginatingCarrier() : route.getTerminatingCarrier();
        if (!party.equals(report.getReporter())) {
            return "REPORTER_NOT_GRANTED";
        }
        boolean ofAnother = routes.values().stream()
                .anyMatch(other -> other.getTransactionId().equals(cdr.getTransactionId()));
        return ofAnother ? "TRANSACTION_OF_ANOTHER_LEG" : "OTHER_TRANSACTION";
    }

    static boolean isParty(Grant granted, AcceptedCdr report) {
        CallDetailRecord cdr = report.getCdr();
        for (GrantedRoute route : granted.getRoutes()) {
            if (route.getLeg() == cdr.getLeg() && route.getTransactionId().equals(cdr.getTransactionId())) {
                return cdr.getRole() == Role.ORIGINATING
                        ? report.getReporter().equals(granted.getOriginatingCarrier())
                        : report.getReporter().equals(route.getTerminatingCarrier());
            }
        }
        return false;
    }
}
