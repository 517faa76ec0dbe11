package org.callclear.app.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.callclear.schemas.call.PartyName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An ISO 8601 duration on the command line. */
final class IsoDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException(
                    "'" + PartyName.shown(text) + "': must be a duration, for instance P90D or PT12H");
        }
    }
}
