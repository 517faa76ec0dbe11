package org.callclear.testkit.settlement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.callclear.schemas.avro.NettingLine;
import org.callclear.schemas.avro.PostNetting;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/** Commands of administration as intake writes them to the journal, asked for two minutes after the calls' usual answer. */
public final class Orders {
    private static final Instant ASKED = Instant.parse("2026-11-23T12:02:00Z");

    private Orders() {}

    /** Decides the dispute over a call. */
    public static ResolveDispute resolve(String command, CallStory call, Resolution resolution) {
        return resolve(command, call.callId() + "/" + call.leg(), call, resolution, null);
    }

    /** Decides that a part of what is claimed in the dispute over a call is owed. */
    public static ResolveDispute split(String command, CallStory call, @Nullable Long settledMillis) {
        return resolve(command, call.callId() + "/" + call.leg(), call, Resolution.SPLIT, settledMillis);
    }

    /** Decides a dispute of any name. */
    public static ResolveDispute resolve(
            String command, String dispute, CallStory call, Resolution resolution, @Nullable Long settledMillis) {
        return new ResolveDispute(
                command,
                dispute,
                call.callId(),
                call.leg(),
                resolution,
                settledMillis,
                "finance",
                ASKED,
                "as agreed by phone");
    }

    /** Prices a side of a call anew. */
    public static RerateCall rerate(String command, CallStory call, Role side, RateTerms terms) {
        return new RerateCall(command, "run", call.callId(), call.leg(), side, terms, "finance", ASKED, "a wrong deck");
    }

    /** The payments of a netting have been made. */
    public static PostNetting paid(String command, String period, String currency, NettingLine... lines) {
        return new PostNetting(command, period, currency, List.of(lines), "finance", ASKED, "the bank says so");
    }

    /** A carrier pays; a negative amount: it is paid. */
    public static NettingLine pays(String carrier, String amount) {
        return new NettingLine(carrier, new BigDecimal(amount).setScale(6));
    }
}
