package org.callclear.sip.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.callclear.sip.transport.Limits;
import org.junit.jupiter.api.Test;

class StrangersTest {
    private long now;
    private final Strangers strangers = new Strangers(Limits.USUAL.with(new Limits.Answers(10, 50)), () -> now);

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(4).putInt(number).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private int admitted(InetAddress source, int asked) {
        int answered = 0;
        for (int i = 0; i < asked; i++) {
            answered += strangers.admits(source) ? 1 : 0;
        }
        return answered;
    }

    @Test
    void oneAddressHasTwoSecondsAtOnceAndThenItsRate() {
        assertThat(admitted(address(1), 1_000)).isEqualTo(20);
        now += TimeUnit.SECONDS.toNanos(1);
        assertThat(admitted(address(1), 1_000)).isEqualTo(10);
        assertThat(admitted(address(2), 1_000)).isEqualTo(20); // another's flood is not his
    }

    @Test
    void allStrangersTogetherHaveABoundAndKnownCallersAreNotAmongThem() {
        strangers.vouch(address(-1));
        int answered = 0;
        for (int i = 0; i < 1_000; i++) {
            answered += admitted(address(i), 1);
        }

        assertThat(answered).isEqualTo(100);
        assertThat(admitted(address(-1), 1_000)).isEqualTo(1_000);
    }

    @Test
    void aMillionAddressesAreNotRememberedAndAKnownCallerIs() {
        strangers.vouch(address(-1));
        for (int i = 0; i < 1_000_000; i++) {
            boolean unused = strangers.admits(address(i));
        }

        assertThat(strangers.remembered()).isEqualTo(Strangers.MOST_SOURCES + 1);
        assertThat(admitted(address(-1), 1_000)).isEqualTo(1_000);
    }

    @Test
    void theAddressesOfOneIpv6NetworkAreOneSource() throws UnknownHostException {
        assertThat(admitted(InetAddress.getByName("2001:db8::1"), 1_000)).isEqualTo(20);
        assertThat(admitted(InetAddress.getByName("2001:db8::ffff:1"), 1_000)).isZero();
        assertThat(admitted(InetAddress.getByName("2001:db8:0:1::1"), 1_000)).isEqualTo(20);
    }
}
