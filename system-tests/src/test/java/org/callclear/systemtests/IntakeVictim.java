package org.callclear.systemtests;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.intake.Intake;
import org.callclear.settlement.period.Calendar;

/** Intake alone, as a process that a test kills: {@code BOOTSTRAP REGISTRY TRUSTED IDENTITY}. */
final class IntakeVictim {
    private static final int DIED_BY_ITSELF = 3;

    private IntakeVictim() {}

    public static void main(String[] args) {
        AvroTrust.establish();
        KafkaAccess access = new KafkaAccess(args[0], args[1], new KafkaAccess.Tls(Path.of(args[2]), Path.of(args[3])));
        Intake intake =
                Intake.start(access, "victim", new Calendar(PeriodLength.MONTH, ZoneOffset.UTC), Clock.systemUTC());
        intake.ended().exceptionally(failure -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(DIED_BY_ITSELF);
            return null;
        });
        intake.ended().join();
    }
}
