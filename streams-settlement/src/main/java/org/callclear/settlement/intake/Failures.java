package org.callclear.settlement.intake;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What a failure means for intake; the client wraps the cause, at times more than once. */
final class Failures {
    private static final Set<Class<? extends Throwable>> FINAL = Set.of(
            ProducerFencedException.class,
            AuthorizationException.class,
            AuthenticationException.class,
            UnsupportedVersionException.class);

    private Failures() {}

    /** Whether beginning again cannot help. */
    static boolean isFinal(Throwable failure) {
        return causes(failure).anyMatch(cause -> FINAL.stream().anyMatch(type -> type.isInstance(cause)));
    }

    /** Whether the same records would be too large for the broker the next time too. */
    static boolean isTooLarge(Throwable failure) {
        return causes(failure).anyMatch(RecordTooLargeException.class::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
