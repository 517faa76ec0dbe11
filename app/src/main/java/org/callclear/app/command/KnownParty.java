package org.callclear.app.command;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import org.callclear.app.machine.MachineException;
import org.callclear.app.machine.RunningFile;
import org.callclear.app.reference.ReferenceData;
import org.callclear.app.reference.ReferenceException;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.tokens.pki.Subject;

/** Whether the clearinghouse knows the carrier or gateway that a certificate is for: a slip of the pen gets one that opens nothing. */
final class KnownParty {
    private static final int WITHIN_MILLIS = 1_000;

    private final AuthorityPlace place;

    KnownParty(AuthorityPlace place) {
        this.place = place;
    }

    /** A sentence when it is not known, or cannot be asked after; nothing when all is well, or there is nothing to know. */
    Optional<String> say(Subject subject) {
        if (subject.commonName().equals(Subject.BROKER)
                || !Party.parse(subject.commonName()).kind().isMany()) {
            return Optional.empty();
        }
        Party party = Party.parse(subject.commonName());
        String what = party.kind() == Party.Kind.GATEWAY ? "gateway" : "carrier";
        Path data = place.data();
        if (data == null) {
            return Optional.of(unchecked(what, party, "only the authority was named"));
        }
        try {
            KafkaAccess access = RunningFile.administration(data);
            if (!answers(access.bootstrapServers())) {
                return Optional.of(unchecked(what, party, "nothing answers at " + access.bootstrapServers()));
            }
            ReferenceData known = ReferenceTopics.read(access);
            boolean there = party.kind() == Party.Kind.GATEWAY
                    ? known.gateways().containsKey(party.id())
                    : known.carriers().containsKey(party.id());
            return there
                    ? Optional.empty()
                    : Optional.of("warning: the clearinghouse knows no " + what + " '" + party.id()
                            + "'; until it is imported, its certificate may do nothing");
        } catch (MachineException | ReferenceException e) {
            return Optional.of(unchecked(what, party, String.valueOf(e.getMessage())));
        }
    }

    private static String unchecked(String what, Party party, String why) {
        return "not checked whether there is a " + what + " '" + party.id() + "': "
                + why.replaceAll("\\s*\\R\\s*", " ");
    }

    private static boolean answers(String bootstrap) {
        String first = bootstrap.split(",", 2)[0];
        int colon = first.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(first.substring(0, colon), Integer.parseInt(first.substring(colon + 1))),
                    WITHIN_MILLIS);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
