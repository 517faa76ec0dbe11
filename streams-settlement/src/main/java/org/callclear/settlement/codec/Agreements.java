package org.callclear.settlement.codec;

import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.SettlingSide;
import org.jspecify.annotations.Nullable;

/** Agreements and dispute gates in Avro binary. */
final class Agreements {
    private static final int SCALE = 6;
    private static final SettlingSide[] SIDES = SettlingSide.values();
    private static final GateRule[] RULES = GateRule.values();

    private Agreements() {}

    static Agreement read(AvroReader reader) {
        return new Agreement(reader.readInt(), reader.readEnum(SIDES), readGate(reader), reader.readLong());
    }

    static @Nullable Agreement readOptional(AvroReader reader) {
        return reader.readIsThere() ? read(reader) : null;
    }

    static @Nullable DisputeGate readGate(AvroReader reader) {
        return reader.readIsThere()
                ? new DisputeGate(reader.readDecimal(SCALE), reader.readDecimal(SCALE), reader.readEnum(RULES))
                : null;
    }

    static void write(Agreement agreement, AvroWriter writer) {
        writer.writeLong(agreement.getToleranceSeconds());
        writer.writeLong(agreement.getSettlingSide().ordinal());
        writeGate(agreement.getGate(), writer);
        writer.writeLong(agreement.getOneSidedDelaySeconds());
    }

    static void writeOptional(@Nullable Agreement agreement, AvroWriter writer) {
        writer.writeIsThere(agreement != null);
        if (agreement != null) {
            write(agreement, writer);
        }
    }

    private static void writeGate(@Nullable DisputeGate gate, AvroWriter writer) {
        writer.writeIsThere(gate != null);
        if (gate != null) {
            writer.writeDecimal(gate.getPercent(), SCALE);
            writer.writeDecimal(gate.getAmount(), SCALE);
            writer.writeLong(gate.getRule().ordinal());
        }
    }
}
