package org.callclear.app.stack;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The assembled program: {@code lib/} with all jars and {@code registry/} with the schema registry.
 *
 * @param home the folder that holds both
 */
public record Distribution(Path home) {
    private static final String PROPERTY = "callclear.home";
    private static final String REGISTRY_JAR = "quarkus-run.jar";

    /**
     * Where this program was assembled: named by the system property {@code callclear.home}, or found from where this
     * class was loaded ({@code HOME/lib/app.jar}, or a build's {@code target} folder).
     *
     * @throws StackException when there is none
     */
    public static Distribution locate() {
        String named = System.getProperty(PROPERTY);
        List<Path> candidates = named == null ? aroundThisClass() : List.of(Path.of(named));
        return candidates.stream()
                .map(Distribution::new)
                .filter(Distribution::isThere)
                .findFirst()
                .orElseThrow(() -> new StackException("no schema registry (" + REGISTRY_JAR + ") in " + candidates
                        + "; build it with `mvn package` or name its home with -D" + PROPERTY));
    }

    private static List<Path> aroundThisClass() {
        Path code = codeOf(Distribution.class).toAbsolutePath();
        // HOME/lib/app.jar; app/target/classes; app/target/app.jar
        return Stream.iterate(code.getParent(), Objects::nonNull, Path::getParent)
                .limit(2)
                .flatMap(folder -> Stream.of(folder, folder.resolve("callclear")))
                .toList();
    }

    /** The jar or folder a class was loaded from. */
    static Path codeOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new StackException("where is " + type.getName() + "? " + source.getLocation(), e);
        }
    }

    private boolean isThere() {
        return Files.isRegularFile(registryJar());
    }

    /** The schema registry's jar. */
    Path registryJar() {
        return home.resolve("registry").resolve(REGISTRY_JAR);
    }
}
