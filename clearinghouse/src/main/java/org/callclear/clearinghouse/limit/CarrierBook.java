package org.callclear.clearinghouse.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.limit.LimitRule;

/** The calls of one carrier and what they count towards. Used under the book's lock. */
final class CarrierBook {
    private final String carrier;
    private final Map<CallId, TrackedCall> calls = new HashMap<>();
    private final Map<String, Scope> scopes = new HashMap<>();
    private CarrierLimits limits = CarrierLimits.NONE;

    CarrierBook(String carrier) {
        this.carrier = carrier;
    }

    String carrier() {
        return carrier;
    }

    Map<CallId, TrackedCall> calls() {
        return calls;
    }

    /**
     * Goes by these limits from now on. What a new limit counts is counted anew from the calls, so a limit that comes while
     * calls are up knows of them.
     */
    void follow(CarrierLimits next, long minute) {
        if (next == limits) {
            return;
        }
        if (!next.isSameAs(limits)) {
            scopes.values().removeIf(scope -> !survives(scope, next));
            Set<Scope> fresh = new HashSet<>();
            for (LimitRule rule : next.all()) {
                if (!scopes.containsKey(rule.prefix())) {
                    Scope scope = new Scope(rule, minute);
                    scopes.put(rule.prefix(), scope);
                    fresh.add(scope);
                }
            }
            fill(fresh, next);
        }
        limits = next;
    }

    private static boolean survives(Scope scope, CarrierLimits next) {
        LimitRule rule = next.get(scope.rule().prefix());
        if (rule == null || !countsTheSame(rule, scope.rule())) {
            return false;
        }
        scope.rule(rule);
        return true;
    }

    /** Whether what was counted under one limit counts the same under the other. */
    private static boolean countsTheSame(LimitRule one, LimitRule other) {
        return Objects.equals(one.maxCallsPerSecond(), other.maxCallsPerSecond())
                && one.currency().equals(other.currency());
    }

    private void fill(Set<Scope> fresh, CarrierLimits next) {
        if (fresh.isEmpty()) {
            return;
        }
        for (TrackedCall call : calls.values()) {
            for (LimitRule rule : next.of(call.called())) {
                Scope scope = scopes.get(rule.prefix());
                if (scope != null && fresh.contains(scope)) {
                    scope.begin(call);
                }
            }
        }
    }

    /** What a call to the number counts towards, the longest prefix first. */
    List<Scope> scopes(String called, long minute) {
        if (scopes.isEmpty()) {
            return List.of();
        }
        List<Scope> found = new ArrayList<>(2);
        for (LimitRule rule : limits.of(called)) {
            Scope scope = scopes.get(rule.prefix());
            if (scope != null) {
                scope.advance(minute);
                found.add(scope);
            }
        }
        return found;
    }
}
