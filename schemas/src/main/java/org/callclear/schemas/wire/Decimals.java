package org.callclear.schemas.wire;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Holds decimals to the digits that their schema promises. Avro minds them only when it writes: an amount that is too
 * long would come in, and stop whoever has to pass it on.
 */
final class Decimals {
    private static final int BITS_OF_TEN_DIGITS = 34;

    private Decimals() {}

    /** Whether a record of this schema may hold one. */
    static boolean areIn(Schema schema) {
        return areIn(schema, new HashSet<>());
    }

    private static boolean areIn(Schema schema, Set<String> known) {
        return switch (schema.getType()) {
            case RECORD ->
                known.add(schema.getFullName())
                        && schema.getFields().stream().anyMatch(field -> areIn(field.schema(), known));
            case ARRAY -> areIn(schema.getElementType(), known);
            case MAP -> areIn(schema.getValueType(), known);
            case UNION -> schema.getTypes().stream().anyMatch(type -> areIn(type, known));
            default -> schema.getLogicalType() instanceof LogicalTypes.Decimal;
        };
    }

    /** Whether all of them fit. */
    static boolean fit(SpecificRecord record) {
        List<Schema.Field> fields = record.getSchema().getFields();
        for (int i = 0; i < fields.size(); i++) {
            if (!fits(record.get(i), fields.get(i).schema())) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(@Nullable Object value, Schema schema) {
        if (value == null) {
            return true;
        }
        return switch (value) {
            case BigDecimal decimal -> fits(decimal, schema);
            case SpecificRecord inner -> fit(inner);
            case List<?> list -> {
                Schema element = of(schema, Schema.Type.ARRAY).getElementType();
                yield list.stream().allMatch(each -> fits(each, element));
            }
            default -> true;
        };
    }

    private static boolean fits(BigDecimal value, Schema schema) {
        if (of(schema, Schema.Type.BYTES).getLogicalType() instanceof LogicalTypes.Decimal type) {
            // Bits first: to count the digits of a very long number is dear.
            boolean maybe = value.unscaledValue().bitLength() <= (type.getPrecision() / 10 + 1) * BITS_OF_TEN_DIGITS;
            return maybe && value.precision() <= type.getPrecision();
        }
        return false;
    }

    /** The schema, or the one of this type in a union. */
    private static Schema of(Schema schema, Schema.Type type) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        return schema.getTypes().stream()
                .filter(each -> each.getType() == type)
                .findFirst()
                .orElse(schema);
    }
}
