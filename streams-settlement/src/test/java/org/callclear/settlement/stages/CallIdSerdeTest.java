package org.callclear.settlement.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallIdSerdeTest {
    private final CallIdSerde serde = new CallIdSerde();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01a20a31-829d-726e-b3df-44a47467537a",
                "00000000-0000-0000-0000-000000000000",
                "ffffffff-ffff-ffff-ffff-ffffffffffff",
                "01A20A31-829D-726E-B3DF-44A47467537A",
                "01a20a31-829d-726e-b3df-44a4746753zz",
                "01a20a31-829d-726e-b3df_44a47467537a",
                "c1",
                "fifteen letters",
                ""
            })
    void anyIdComesBackAsItWent(String id) {
        byte[] bytes = serde.serializer().serialize("t", id);

        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01a20a31-829d-726e-b3df-44a47467537a", "01a20a32-0000-7000-8000-000000000000"})
    void aUuidTakesSixteenBytesAndSortsByTime(String later) {
        byte[] earlier = serde.serializer().serialize("t", "01a20a31-829d-726e-b3df-44a474675379");

        byte[] bytes = serde.serializer().serialize("t", later);

        assertThat(bytes).hasSize(16);
        assertThat(Arrays.compareUnsigned(earlier, bytes)).isNegative();
    }
}
