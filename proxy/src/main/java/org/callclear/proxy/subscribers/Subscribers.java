package org.callclear.proxy.subscribers;

import java.util.Map;
import java.util.Optional;
import org.callclear.proxy.number.DialledNumber;
import org.callclear.proxy.number.NumberReader;
import org.callclear.schemas.call.E164Number;
import org.jspecify.annotations.Nullable;

/** The callers that this proxy knows. */
public final class Subscribers {
    private final Map<String, Subscriber> byName;
    private final NumberReader numbers;

    Subscribers(Map<String, Subscriber> byName, NumberReader numbers) {
        this.byName = Map.copyOf(byName);
        this.numbers = numbers;
    }

    /**
     * A caller.
     *
     * @param password for the digest; never logged
     * @param number the caller's own number; null when the phone says which
     */
    record Subscriber(String password, @Nullable E164Number number) {
        /** Without the password. */
        @Override
        public String toString() {
            return "subscriber[" + number + "]";
        }
    }

    /** The password of a user, if there is such a user. */
    public Optional<String> password(String username) {
        return Optional.ofNullable(byName.get(username)).map(Subscriber::password);
    }

    /**
     * The number that a caller calls from: the one in the file when it gives one, whatever the phone says; else the
     * user part of From when it is an E.164 number. Empty for a caller who has neither, or is not known.
     *
     * @param username whom the digest proved; null for nobody
     * @param from user part of From
     */
    public Optional<E164Number> callingNumber(@Nullable String username, String from) {
        Subscriber subscriber = username == null ? null : byName.get(username);
        if (subscriber == null) {
            return Optional.empty();
        }
        if (subscriber.number() != null) {
            return Optional.of(subscriber.number());
        }
        return numbers.read(from) instanceof DialledNumber.Valid readable
                ? Optional.of(readable.number())
                : Optional.empty();
    }

    /** How many there are. */
    public int size() {
        return byName.size();
    }
}
