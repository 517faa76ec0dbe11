package org.callclear.settlement.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.callclear.schemas.avro.FileDispute;
import org.callclear.schemas.avro.FileEntry;
import org.callclear.schemas.avro.FileGrant;
import org.callclear.schemas.avro.FileLeg;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.FileRoute;
import org.callclear.schemas.avro.Irregularity;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.SettlementFile;

/** Reads the files of calls, as they stand in the stores. For one thread. */
final class FileReader {
    private static final Role[] ROLES = Role.values();
    private static final ReleaseSource[] SOURCES = ReleaseSource.values();
    private static final Rating[] RATINGS = Rating.values();
    private static final ReconciliationClass[] CLASSES = ReconciliationClass.values();
    private static final Irregularity[] IRREGULARITIES = Irregularity.values();

    private final NamePool names;

    /** @param names for what stands in many files */
    FileReader(NamePool names) {
        this.names = names;
    }

    SettlementFile file(AvroReader reader) {
        return new SettlementFile(
                reader.readIsThere() ? grant(reader) : null,
                array(reader, this::report),
                array(reader, this::leg),
                array(reader, AvroReader::readString),
                reader.readLong());
    }

    private FileGrant grant(AvroReader reader) {
        return new FileGrant(
                reader.readName(names),
                reader.readString(),
                Agreements.read(reader),
                reader.readLong(),
                array(reader, this::route),
                reader.readLong());
    }

    private FileRoute route(AvroReader reader) {
        return new FileRoute(
                reader.readInt(),
                reader.readName(names),
                reader.readString(),
                reader.readInt(),
                reader.readLong(),
                reader.readLong());
    }

    private FileReport report(AvroReader reader) {
        return new FileReport(
                reader.readInt(),
                reader.readEnum(ROLES),
                reader.readName(names),
                reader.readOptionalString(),
                reader.readName(names),
                reader.readOptionalName(names),
                reader.readOptionalName(names),
                reader.readString(),
                reader.readString(),
                reader.readLong(),
                reader.readLong(),
                reader.readLong(),
                reader.readInt(),
                reader.readInt(),
                reader.readEnum(SOURCES),
                reader.readInt(),
                reader.readInt(),
                reader.readLong(),
                reader.readEnum(RATINGS),
                reader.readLong(),
                Agreements.readOptional(reader),
                array(reader, AvroReader::readBytes),
                reader.readName(names),
                reader.readInt(),
                reader.readLong());
    }

    private FileLeg leg(AvroReader reader) {
        return new FileLeg(
                reader.readInt(),
                reader.readLong(),
                reader.readBoolean(),
                reader.readIsThere() ? entry(reader) : null,
                reader.readInt(),
                reader.readInt(),
                reader.readIsThere() ? dispute(reader) : null,
                reader.readLong(),
                reader.readLong(),
                reader.readEnum(CLASSES),
                irregularities(reader));
    }

    private FileEntry entry(AvroReader reader) {
        return new FileEntry(
                reader.readEnum(CLASSES),
                reader.readName(names),
                reader.readName(names),
                reader.readLong(),
                reader.readLong(),
                reader.readLong(),
                reader.readLong(),
                reader.readLong(),
                reader.readBoolean());
    }

    private FileDispute dispute(AvroReader reader) {
        return new FileDispute(
                reader.readName(names),
                reader.readInt(),
                reader.readLong(),
                reader.readEnum(CLASSES),
                reader.readLong(),
                reader.readLong());
    }

    /** Nearly always none. */
    private static List<Irregularity> irregularities(AvroReader reader) {
        List<Irregularity> found = List.of();
        for (int block = reader.readBlock(); block > 0; block = reader.readBlock()) {
            found = new ArrayList<>(found);
            for (int i = 0; i < block; i++) {
                found.add(reader.readEnum(IRREGULARITIES));
            }
        }
        return found;
    }

    private static <T> List<T> array(AvroReader reader, Function<AvroReader, T> element) {
        List<T> elements = new ArrayList<>(2);
        for (int block = reader.readBlock(); block > 0; block = reader.readBlock()) {
            for (int i = 0; i < block; i++) {
                elements.add(element.apply(reader));
            }
        }
        return elements;
    }
}
