package org.callclear.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.callclear.bench.postgres.PostgresServer;
import org.jspecify.annotations.Nullable;

/** PostgreSQL where there is one, and a loud line where there is none. */
final class PostgresHolder implements AutoCloseable {
    private final @Nullable PostgresServer server;

    private PostgresHolder(@Nullable PostgresServer server) {
        this.server = server;
    }

    static PostgresHolder start(Options options, Path folder) {
        Path bin = options.postgres;
        if (!options.wants("postgres")) {
            return new PostgresHolder(null);
        }
        if (bin == null || !Files.isExecutable(bin.resolve("initdb"))) {
            SettlementBench.say("!!! PostgreSQL was not found: THE COMPARISON WITH SQL IS LEFT OUT (set PG_BIN) !!!");
            return new PostgresHolder(null);
        }
        return new PostgresHolder(PostgresServer.start(bin, folder.resolve("pg")));
    }

    Optional<PostgresServer> server() {
        return Optional.ofNullable(server);
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
