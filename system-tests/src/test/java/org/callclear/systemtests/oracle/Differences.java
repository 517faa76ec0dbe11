package org.callclear.systemtests.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** Where two outcomes differ, in few lines: for each part what stands first at odds, and how much more does. */
final class Differences {
    private static final int SHOWN = 8;

    private Differences() {}

    /** Everything, to the byte. Empty when they are equal. */
    static List<String> of(Outcome expected, Outcome other) {
        List<String> found = money(expected, other, UnaryOperator.identity());
        compare("dispute", expected.disputes(), other.disputes(), found);
        compare("reason", expected.reasons(), other.reasons(), found);
        return found;
    }

    /** Statements and postings, without what tells positions in the log: those of another order or partitioning. */
    static List<String> ofMoney(Outcome expected, Outcome other) {
        return money(expected, other, json -> json.replaceAll("\"log_positions\":\\[[^]]*\\],", ""));
    }

    private static List<String> money(Outcome expected, Outcome other, UnaryOperator<String> view) {
        List<String> found = new ArrayList<>();
        compare("account", expected.accounts(), other.accounts(), found);
        compare("statement", viewed(expected, view), viewed(other, view), found);
        return found;
    }

    private static Map<String, String> viewed(Outcome outcome, UnaryOperator<String> view) {
        Map<String, String> viewed = new TreeMap<>();
        outcome.statements().forEach((id, json) -> viewed.put(id, view.apply(json)));
        return viewed;
    }

    private static void compare(
            String part, Map<String, String> expected, Map<String, String> other, List<String> found) {
        TreeSet<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(other.keySet());
        List<String> odd = keys.stream()
                .filter(key -> !Objects.equals(expected.get(key), other.get(key)))
                .toList();
        odd.stream()
                .limit(SHOWN)
                .forEach(key -> found.add(
                        part + " " + key + "\n  expected " + expected.get(key) + "\n  but was  " + other.get(key)));
        if (odd.size() > SHOWN) {
            found.add(part + ": " + (odd.size() - SHOWN) + " more differ");
        }
    }
}
