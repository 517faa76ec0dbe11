package org.callclear.clearinghouse.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;
import org.callclear.clearinghouse.World;
import org.callclear.schemas.avro.AuthorizationDenied;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.call.CallId;
import org.junit.jupiter.api.Test;

class GrantBookTest {
    private final GrantBook book = new GrantBook(3);

    private static Remembered no(int seed, Instant until) {
        CallId callId = CallId.mint(World.NOW, new Random(seed));
        AuthorizationDenied denied =
                new AuthorizationDenied(callId.toString(), "p1", World.NOW, DenialReason.NO_ROUTE, 404, 3, "", 0);
        return new Remembered.No(callId, new RequestDigest(ByteBuffer.allocate(32)), until, denied);
    }

    @Test
    void aCallIsRememberedUntilItsEndAndNotLonger() {
        Remembered one = no(1, World.NOW.plusSeconds(10));
        book.put(one);

        book.forgetBefore(World.NOW.plusSeconds(10));
        assertThat(book.find(one.callId())).contains(one);
        book.forgetBefore(World.NOW.plusSeconds(11));

        assertThat(book.find(one.callId())).isEmpty();
        assertThat(book.size()).isZero();
    }

    @Test
    void whenItIsFullTheCallThatEndsFirstIsForgottenAndCounted() {
        for (int i = 1; i <= 4; i++) {
            book.put(no(i, World.NOW.plusSeconds(i)));
        }

        assertThat(book.size()).isEqualTo(3);
        assertThat(book.evicted()).isEqualTo(1);
        assertThat(book.find(no(1, World.NOW).callId())).isEmpty();
    }

    @Test
    void theSameCallIsRememberedOnce() {
        book.put(no(1, World.NOW.plusSeconds(1)));
        book.put(no(1, World.NOW.plusSeconds(5)));

        book.forgetBefore(World.NOW.plusSeconds(2));

        assertThat(book.size()).isEqualTo(1);
    }

    @Test
    void callsCanBeForgottenByChoice() {
        Remembered one = no(1, World.NOW.plusSeconds(1));
        Remembered other = no(2, World.NOW.plusSeconds(1));
        book.put(one);
        book.put(other);

        book.forgetIf(one.callId()::equals);

        assertThat(book.find(one.callId())).isEmpty();
        assertThat(book.find(other.callId())).contains(other);
    }
}
