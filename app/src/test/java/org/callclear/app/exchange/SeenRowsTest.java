package org.callclear.app.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.callclear.app.exchange.SeenRows.Sight;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.junit.jupiter.api.Test;

class SeenRowsTest {
    @Test
    void everyRowIsSeenAsByAMapOfAllRows() {
        long seed = 20261123;
        Random random = new Random(seed);
        SeenRows seen = new SeenRows();
        Map<String, long[]> naive = new HashMap<>();
        Set<Long> keys = new HashSet<>();
        for (int line = 2; line < 60_000; line++) {
            long low = random.nextInt(20_000);
            int version = 1 + random.nextInt(3);
            long content = random.nextInt(2);
            Sight sight = seen.see(new RowKey(low % 7, low), version, content, line);

            long[] before = naive.putIfAbsent(low + "/" + version, new long[] {content, line});
            Class<?> expected = before != null
                    ? before[0] == content ? Sight.Repeated.class : Sight.Conflict.class
                    : keys.contains(low) ? Sight.Correction.class : Sight.First.class;
            keys.add(low);
            assertThat(sight).as("seed %d, line %d", seed, line).isInstanceOf(expected);
            if (before != null) {
                long named = sight instanceof Sight.Repeated again ? again.line() : ((Sight.Conflict) sight).line();
                assertThat(named).isEqualTo(before[1]);
            }
        }
    }

    @Test
    void onlyAKeyWhoseVersionsGoDownIsBackwards() {
        SeenRows seen = new SeenRows();
        seen.see(new RowKey(1, 1), 1, 5, 2);
        seen.see(new RowKey(1, 1), 2, 6, 3);
        seen.see(new RowKey(2, 2), 3, 5, 4);
        seen.see(new RowKey(2, 2), 1, 6, 5);
        seen.see(new RowKey(2, 2), 2, 7, 6);

        assertThat(seen.backwards()).containsExactly(new RowKey(2, 2));
        assertThat(seen.backwardsRows()).isEqualTo(3);
    }

    @Test
    void everyLegAndRoleOfACallHasAKeyOfItsOwn() {
        Set<RowKey> keys = new HashSet<>();
        for (String call :
                new String[] {"01930000-0000-7000-8000-000000000001", "01930000-0000-7000-b000-000000000001"}) {
            for (int leg = 0; leg <= 16; leg++) {
                keys.add(RowKey.of(cdr(call, leg, Role.ORIGINATING)));
                keys.add(RowKey.of(cdr(call, leg, Role.TERMINATING)));
            }
        }

        assertThat(keys).hasSize(2 * 17 * 2);
    }

    private static CallDetailRecord cdr(String call, int leg, Role role) {
        Instant now = Shelf.NOW;
        return new CallDetailRecord(
                call,
                leg,
                role,
                null,
                "acme",
                "zenith",
                null,
                "4930123456",
                "4930123457",
                now,
                null,
                now,
                486,
                17,
                ReleaseSource.CALLED,
                1);
    }
}
