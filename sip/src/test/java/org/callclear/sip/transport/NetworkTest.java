package org.callclear.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8::1, 2001:db8::ffff:ffff:ffff:ffff, true",
        "2001:db8::1, 2001:db8:0:1::1, false",
        "0.0.0.0, ::, false",
        "::ffff:192.0.2.1, 192.0.2.1, true",
    })
    void oneNetworkIsOneHolder(String one, String other, boolean same) throws UnknownHostException {
        Network first = Network.of(InetAddress.getByName(one));

        assertThat(first.equals(Network.of(InetAddress.getByName(other)))).isEqualTo(same);
    }
}
