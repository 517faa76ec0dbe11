package org.callclear.clearinghouse.limit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.limit.LimitRule;
import org.jspecify.annotations.Nullable;

/** The limits of one carrier, by prefix. Immutable. */
final class CarrierLimits {
    static final CarrierLimits NONE = new CarrierLimits(List.of());

    private final Map<String, LimitRule> byPrefix;
    /** Bit <i>n</i>: there is a prefix of <i>n</i> digits. */
    private final int lengths;

    /** @param rules one for each prefix at most */
    CarrierLimits(Collection<LimitRule> rules) {
        Map<String, LimitRule> map = new HashMap<>();
        int bits = 0;
        for (LimitRule rule : rules) {
            map.put(rule.prefix(), rule);
            bits |= rule.prefix().equals(LimitRule.EVERY)
                    ? 0
                    : 1 << rule.prefix().length();
        }
        this.byPrefix = map;
        this.lengths = bits;
    }

    /** Those that a call to the number comes under, the longest prefix first and the one for all calls last. */
    List<LimitRule> of(String called) {
        if (byPrefix.isEmpty()) {
            return List.of();
        }
        List<LimitRule> found = new ArrayList<>(2);
        for (int length = Math.min(LimitRule.LONGEST_PREFIX, called.length()); length > 0; length--) {
            if ((lengths & (1 << length)) != 0) {
                add(found, called.substring(0, length));
            }
        }
        add(found, LimitRule.EVERY);
        return found;
    }

    Collection<LimitRule> all() {
        return byPrefix.values();
    }

    @Nullable
    LimitRule get(String prefix) {
        return byPrefix.get(prefix);
    }

    private void add(List<LimitRule> found, String prefix) {
        LimitRule rule = byPrefix.get(prefix);
        if (rule != null) {
            found.add(rule);
        }
    }

    boolean isSameAs(CarrierLimits other) {
        return this == other || byPrefix.equals(other.byPrefix);
    }
}
