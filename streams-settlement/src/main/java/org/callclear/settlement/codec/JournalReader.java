package org.callclear.settlement.codec;

import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.SettlingSide;
import org.jspecify.annotations.Nullable;

/** Reads grants and reports, whose key is most likely the call's id. For one thread. */
final class JournalReader {
    private static final Role[] ROLES = Role.values();
    private static final ReleaseSource[] SOURCES = ReleaseSource.values();
    private static final Rating[] RATINGS = Rating.values();
    private static final SettlingSide[] SIDES = SettlingSide.values();

    private final NamePool names;
    private final TermsPool pool;

    JournalReader(NamePool names, TermsPool pool) {
        this.names = names;
        this.pool = pool;
    }

    Grant grant(AvroReader reader, String key) {
        return new Grant(
                reader.readLikely(key),
                reader.readString(),
                reader.readName(names),
                reader.readName(names),
                reader.readString(),
                reader.readString(),
                reader.readInstant(),
                reader.readInstant(),
                reader.readBytes(),
                pool.read(reader),
                reader.readInt(),
                reader.readEnum(SIDES),
                routes(reader),
                Agreements.readGate(reader),
                reader.readLong());
    }

    AcceptedCdr report(AvroReader reader, String key) {
        return new AcceptedCdr(
                reader.readName(names),
                cdr(reader, key),
                reader.readName(names),
                reader.readInt(),
                reader.readLong(),
                reader.readInstant(),
                reader.readLong(),
                reader.readLong(),
                reader.readEnum(RATINGS),
                terms(reader),
                Agreements.readOptional(reader));
    }

    private @Nullable RateTerms terms(AvroReader reader) {
        return reader.readIsThere() ? pool.read(reader) : null;
    }

    private List<GrantedRoute> routes(AvroReader reader) {
        List<GrantedRoute> routes = new ArrayList<>(3);
        for (int block = reader.readBlock(); block > 0; block = reader.readBlock()) {
            for (int i = 0; i < block; i++) {
                routes.add(route(reader));
            }
        }
        return routes;
    }

    private GrantedRoute route(AvroReader reader) {
        return new GrantedRoute(
                reader.readInt(),
                reader.readName(names),
                reader.readName(names),
                reader.readString(),
                reader.readName(names),
                reader.readInstant(),
                reader.readInstant(),
                reader.readInstant(),
                reader.readInt(),
                pool.read(reader));
    }

    private CallDetailRecord cdr(AvroReader reader, String key) {
        return new CallDetailRecord(
                reader.readLikely(key),
                reader.readInt(),
                reader.readEnum(ROLES),
                reader.readOptionalString(),
                reader.readName(names),
                reader.readOptionalName(names),
                reader.readOptionalName(names),
                reader.readString(),
                reader.readString(),
                reader.readInstant(),
                reader.readOptionalInstant(),
                reader.readInstant(),
                reader.readInt(),
                reader.readInt(),
                reader.readEnum(SOURCES),
                reader.readInt());
    }
}
