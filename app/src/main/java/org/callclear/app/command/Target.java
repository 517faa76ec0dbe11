package org.callclear.app.command;

import java.nio.file.Path;
import java.util.List;
import org.callclear.app.config.Configurations;
import org.callclear.app.logview.LogViewException;
import org.callclear.app.logview.Numbers;
import org.callclear.app.logview.ReadableTopics;
import org.callclear.app.machine.RunningFile;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
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
                description = "YAML file with `kafka:`, for a cluster elsewhere; the identity must be the"
                        + " administration's, or that of who may read what a command shows")
        private @Nullable Path config;
    }

    /** The way in of whoever it is, tried out: for commands that show what their user may read. */
    KafkaAccess anyone() {
        KafkaAccess access = where != null && where.config != null
                ? Configurations.administration(where.config)
                : RunningFile.administration(data());
        ClusterCheck.reach(access);
        return access;
    }

    /** The same, of who may read these topics. */
    KafkaAccess reading(Topic... topics) {
        KafkaAccess access = anyone();
        RightsCheck.requireReading(access, List.of(topics));
        return access;
    }

    /** The same, of who may read some topics of a family, or would if there were any. */
    KafkaAccess readingSome(Topic family) {
        KafkaAccess access = anyone();
        String principal = ClusterCheck.principal(access);
        try {
            if (!ReadableTopics.of(access, principal).mayRead(family)) {
                throw new CommandException("Kafka at " + access.bootstrapServers() + " refuses '" + principal
                        + "': READ on topics " + family.template() + "; docs/topics.md says who may read them");
            }
        } catch (LogViewException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
        return access;
    }

    /**
     * The way in of who writes files of a carrier's records. They hold whole numbers and are counted, and only the
     * administration counts them.
     */
    KafkaAccess exporting(CarrierId carrier) {
        KafkaAccess access = anyone();
        String principal = ClusterCheck.principal(access);
        if (access.tls() != null && !principal.equals(Party.Kind.ADMINISTRATION.word())) {
            boolean own = principal.equals(Party.carrier(carrier).commonName());
            throw new CommandException("cdrs export: refused to '" + principal
                    + "': only 'administration' makes the numbered files, which hold whole phone numbers; "
                    + (own
                            ? "your own records: `topics tail " + Topic.CDRS.of(carrier) + " --from BEGIN --numbers`"
                            : "carrier '" + carrier + "' gets its own"));
        }
        RightsCheck.require(access, Party.of(Party.Kind.ADMINISTRATION), Directory.empty());
        return access;
    }

    /**
     * What is shown of phone numbers.
     *
     * @throws CommandException when whole ones are wanted by who may not see them
     */
    static Numbers numbers(KafkaAccess access, boolean whole) {
        try {
            return Numbers.of(ClusterCheck.principal(access), whole);
        } catch (LogViewException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    /** The way in of the administration, tried out. */
    KafkaAccess access() {
        KafkaAccess access = anyone();
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
