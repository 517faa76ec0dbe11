package org.callclear.proxy.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.sip.call.Cause;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FailuresTest {
    @ParameterizedTest(name = "{0} with Q.850 {1}: before ringing {2}, after {3}")
    @CsvSource({
        // What the called side says is final.
        "486, 17, false, false",
        "600, 17, false, false",
        "603, 21, false, false",
        "606, 31, false, false",
        "404, 1, false, false",
        "604, 1, false, false",
        "410, 22, false, false",
        "484, 28, false, false",
        "485, 1, false, false",
        "488, 88, false, false",
        "487, 16, false, false",
        // What the way says is not.
        "500, 41, true, true",
        "501, 79, true, true",
        "502, 38, true, true",
        "503, 34, true, true",
        "504, 102, true, true",
        "302, 31, true, true",
        "401, 21, true, true",
        "402, 21, true, true",
        "403, 21, true, true",
        "407, 21, true, true",
        "408, 102, true, false",
        // 480 is the person, unless the cause blames the network.
        "480, 18, false, false",
        "480, 19, false, false",
        "480, 34, true, false",
        "480, 42, true, false",
        // So are 404 and 484: a number unknown or too short, unless the cause says that no way leads there.
        "404, 2, true, false",
        "404, 3, true, false",
        "404, 27, true, false",
        "404, 34, true, false",
        "404, 38, true, false",
        "404, 41, true, false",
        "404, 42, true, false",
        "484, 2, true, false",
        "484, 3, true, false",
        "484, 27, true, false",
        "484, 34, true, false",
        "484, 38, true, false",
        "484, 41, true, false",
        "484, 42, true, false",
        "404, 28, false, false",
        "484, 1, false, false",
        "404, 31, false, false",
        "484, 127, false, false",
        // A trunk that says 5xx for a busy or unknown number is still speaking of the number.
        "503, 17, false, false",
        "500, 1, false, false",
        "503, 28, false, false",
    })
    void aNextGatewayIsTriedOnlyWhenItMayDoBetter(int status, int q850, boolean before, boolean after) {
        Failure failure = new Failure(status, new Cause(q850));

        assertThat(Failures.worthHunting(failure, false)).isEqualTo(before);
        assertThat(Failures.worthHunting(failure, true)).isEqualTo(after);
    }

    @ParameterizedTest(name = "{0} without a Reason header is final")
    @ValueSource(ints = {404, 484})
    void aNumberThatIsRefusedWithoutACauseIsFinal(int status) {
        Failure failure = new Failure(status, Cause.ofStatus(status));

        assertThat(Failures.worthHunting(failure, false)).isFalse();
    }

    @ParameterizedTest(name = "{0} then {1}: {2}")
    @CsvSource({
        "503, 403, 403",
        "403, 503, 403",
        "500, 503, 503",
        "403, 404, 404",
        "600, 404, 600",
        "404, 603, 603",
        "302, 503, 503",
    })
    void theBestFailureIsChosenAsAForkingProxyDoes(int earlier, int later, int chosen) {
        Failure choice = Failures.choose(
                new Failure(earlier, Cause.TEMPORARY_FAILURE), new Failure(later, Cause.TEMPORARY_FAILURE));

        assertThat(choice.status()).isEqualTo(chosen);
    }

    @ParameterizedTest(name = "{0} is heard as {1}")
    @CsvSource({"302, 500", "401, 500", "407, 500", "403, 403", "486, 486", "503, 503", "603, 603"})
    void noRedirectionOrChallengeOfATrunkReachesTheCaller(int status, int heard) {
        assertThat(Failures.towardsCaller(new Failure(status, Cause.REJECTED)))
                .isEqualTo(new Failure(heard, Cause.REJECTED));
    }

    @ParameterizedTest
    @EnumSource(SetupRefusal.class)
    void everyRefusalOfAGatewayIsAServerFailureAndWorthHunting(SetupRefusal refusal) {
        Failure failure = Failures.ofRefusal(refusal);

        assertThat(failure.status()).isBetween(500, 599);
        assertThat(Failures.worthHunting(failure, false)).isTrue();
    }

    @ParameterizedTest(name = "{0} is {1} with Q.850 {2}")
    @CsvSource({
        "NO_FREE_CHANNEL, 503, 34",
        "DRAINING, 503, 41",
        "SETUP_TOO_LATE, 503, 102",
        "BAD_SIGNATURE, 500, 21",
        "EXPIRED, 500, 21",
        "REPLAYED, 500, 21",
        "OTHER_GATEWAY, 500, 21",
    })
    void aRefusalSaysWhyInSip(SetupRefusal refusal, int status, int q850) {
        assertThat(Failures.ofRefusal(refusal)).isEqualTo(new Failure(status, new Cause(q850)));
    }
}
