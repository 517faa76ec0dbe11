package org.callclear.systemtests;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a test class, as it is formatted here: members are indented by four, and a blank line stands before each.
 */
record TestSource(String name, String text) {
    /** How sure it is that a test runs. */
    enum Standing {
        /** It is not there, is no test, or is switched off. */
        NONE,
        /** It is skipped where something is missing: a program, a right, a setting. */
        CONDITIONAL,
        ALWAYS
    }

    private static final Pattern METHOD =
            Pattern.compile("(?m)^    (?! )[\\w<>?,. \\[\\]@]+ (?<name>[a-z]\\w*)\\((?=[^;{]*\\{)");

    private static final Predicate<String> IS_TEST = Pattern.compile(
                    "(?m)^    @(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b")
            .asPredicate();

    /** Runs before or after each test, so that what it is skipped for, all are. */
    private static final Predicate<String> IS_FRAME =
            Pattern.compile("(?m)^    @(Before|After)(All|Each)\\b").asPredicate();

    private static final Predicate<String> IS_OFF =
            Pattern.compile("(?m)^ *@Disabled(\\(|\\s)").asPredicate();

    private static final Predicate<String> IS_CONDITIONAL =
            Pattern.compile("(?m)^ *@(Enabled|Disabled)[A-Z]\\w*").asPredicate();

    private static final Predicate<String> ASSUMES = Pattern.compile(
                    "\\b(assume(True|False|That|NoException)|assumingThat|TestAbortedException)\\b")
            .asPredicate();

    private static final Pattern CLASS =
            Pattern.compile("(?m)^(?:public )?(?<abstract>abstract )?(?:final )?class (?<name>\\w+)");

    private record Method(String annotations, String body) {}

    /**
     * How sure it is that a method is run as a test; of a class, its surest one.
     *
     * @param method empty for the class
     */
    Standing standing(String method) {
        Standing ofClass = ofClass();
        if (ofClass == Standing.NONE) {
            return Standing.NONE;
        }
        Map<String, Method> methods = methods();
        boolean framed =
                methods.values().stream().anyMatch(one -> IS_FRAME.test(one.annotations()) && assumes(one, methods));
        Standing atBest = framed ? Standing.CONDITIONAL : ofClass;
        return methods.entrySet().stream()
                .filter(one -> method.isEmpty() || one.getKey().equals(method))
                .map(one -> of(one.getValue(), methods))
                .max(Standing::compareTo)
                .map(best -> best.compareTo(atBest) < 0 ? best : atBest)
                .orElse(Standing.NONE);
    }

    /** A class that only others make run. */
    boolean isAbstract() {
        Matcher found = CLASS.matcher(text);
        return found.find() && found.group("abstract") != null;
    }

    /** Whether it is made of another, and runs that one's tests. */
    boolean isOf(TestSource parent) {
        return Pattern.compile("class \\w+ extends " + parent.name + "\\b")
                .matcher(text)
                .find();
    }

    /** How sure it is that the class is looked at for tests at all. */
    Standing ofClass() {
        Matcher found = CLASS.matcher(text);
        String head = found.find() ? text.substring(0, found.start()) : "";
        if (IS_OFF.test(head)) {
            return Standing.NONE;
        }
        return IS_CONDITIONAL.test(head) ? Standing.CONDITIONAL : Standing.ALWAYS;
    }

    private static Standing of(Method method, Map<String, Method> all) {
        if (!IS_TEST.test(method.annotations()) || IS_OFF.test(method.annotations())) {
            return Standing.NONE;
        }
        return IS_CONDITIONAL.test(method.annotations()) || assumes(method, all)
                ? Standing.CONDITIONAL
                : Standing.ALWAYS;
    }

    /** By itself, or by another method of its class that it calls. */
    private static boolean assumes(Method method, Map<String, Method> all) {
        return ASSUMES.test(method.body())
                || all.entrySet().stream()
                        .filter(other -> ASSUMES.test(other.getValue().body()))
                        .anyMatch(other -> method.body().contains(other.getKey() + "("));
    }

    private Map<String, Method> methods() {
        Map<String, Method> methods = new LinkedHashMap<>();
        Matcher found = METHOD.matcher(text);
        while (found.find()) {
            int before = Math.max(text.lastIndexOf("\n\n", found.start()), text.lastIndexOf("class ", found.start()));
            int end = text.indexOf("\n    }\n", found.start());
            methods.merge(
                    found.group("name"),
                    new Method(
                            text.substring(Math.max(0, before), found.start()),
                            text.substring(found.start(), end < 0 ? text.length() : end)),
                    (one, other) -> new Method(one.annotations() + other.annotations(), one.body() + other.body()));
        }
        return methods;
    }
}
