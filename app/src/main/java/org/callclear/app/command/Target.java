package org.callclear.app.command;

import java.nio.file.Path;
import org.callclear.app.config.Configurations;
import org.callclear.app.machine.RunningFile;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.tokens.SigningKeySource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which system a command talks to. */
final class Target {
    static final String USUAL_DATA = "callclear-data";

    @ArgGroup(exclusive = true)
    private @Nullable Where where;

    /** One of both. */
    static final class Where {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "data directory of a running `callclear up` (default: " + USUAL_DATA + ")")
        private @Nullable Path data;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description =
                        "YAML file with `kafka:`, for a cluster elsewhere; the identity must be the administration's")
        private @Nullable Path config;
    }

    /** The way in, tried out. */
    KafkaAccess access() {
        KafkaAccess access = where != null && where.config != null
                ? Configurations.administration(where.config)
                : RunningFile.administration(data());
        ClusterCheck.reach(access);
        RightsCheck.require(access, Party.of(Party.Kind.ADMINISTRATION), Directory.empty());
        return access;
    }

    /** The way in of the one that makes topics, tried out, and what was agreed with carriers. */
    Configurations.Setup setup() {
        Configurations.Setup setup = where != null && where.config != null
                ? Configurations.setup(where.config)
                : new Configurations.Setup(RunningFile.setup(data()), Configurations.rates(data()));
        ClusterCheck.reach(setup.access());
        RightsCheck.requireSetup(setup.access());
        return setup;
    }

    /** Where the keys are that sign tokens. */
    SigningKeySource tokenKeys() {
        return where != null && where.config != null
                ? Configurations.tokenKeys(where.config)
                : RunningFile.tokenKeys(data());
    }

    /** Where the keys are that sign statements. */
    SigningKeySource statementKeys() {
        return where != null && where.config != null
                ? Configurations.statementKeys(where.config)
                : RunningFile.statementKeys(data());
    }

    private Path data() {
        return where != null && where.data != null ? where.data : Path.of(USUAL_DATA);
    }
}
