package org.callclear.clearinghouse.reference;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.PartyName;
import org.jspecify.annotations.Nullable;

/** Whether calls can be granted by a contract: what cannot be signed or settled must not come in. */
final class ContractCheck {
    private static final int MOST_DECIMALS = 6;

    private ContractCheck() {}

    /** @throws IllegalArgumentException naming the field that cannot be used */
    static void check(Contract contract) {
        String at = "contract " + contract.getId();
        PartyName.require("contract id", contract.getId());
        PartyName.require(at + ": carrier", new CarrierId(contract.getCarrier()).value());
        requireCurrency(at, contract.getCurrency());
        requireZone(at, contract.getPeriodZone());
        int scale = contract.getRoundingScale();
        require(scale >= 0 && scale <= MOST_DECIMALS, at, "roundingScale", scale, "must be 0 to " + MOST_DECIMALS);
        requireNotNegative(at, "toleranceSeconds", contract.getToleranceSeconds());
        requireNotNegative(at, "freeSeconds", contract.getFreeSeconds());
        requireNotNegative(at, "oneSidedDelaySeconds", contract.getOneSidedDelaySeconds());
        requireNotNegative(at, "minimumCharge", contract.getMinimumCharge());
        requireNotNegative(at, "attemptFee", contract.getAttemptFee());
        check(at, contract.getGate());
    }

    private static void check(String at, @Nullable DisputeGate gate) {
        if (gate != null) {
            requireNotNegative(at, "gate.percent", gate.getPercent());
            requireNotNegative(at, "gate.amount", gate.getAmount());
        }
    }

    private static void requireCurrency(String at, String code) {
        try {
            Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(at + ": currency '" + code + "': not ISO 4217", e);
        }
    }

    private static void requireZone(String at, String zone) {
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(at + ": periodZone '" + zone + "': no such time zone", e);
        }
    }

    private static void requireNotNegative(String at, String field, long number) {
        require(number >= 0, at, field, number, "must not be negative");
    }

    private static void requireNotNegative(String at, String field, BigDecimal amount) {
        require(amount.signum() >= 0, at, field, amount, "must not be negative");
    }

    private static void require(boolean holds, String at, String field, Object value, String must) {
        if (!holds) {
            throw new IllegalArgumentException(at + ": " + field + " " + value + ": " + must);
        }
    }
}
