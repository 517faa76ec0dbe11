package org.callclear.fuzz;

import java.util.function.Consumer;
import org.callclear.app.archive.ManifestFuzz;
import org.callclear.app.config.ConfigurationFuzz;
import org.callclear.app.exchange.AuditFileFuzz;
import org.callclear.app.exchange.UsageFileFuzz;
import org.callclear.app.reference.DeckFileFuzz;
import org.callclear.app.reference.LimitFileFuzz;
import org.callclear.app.reference.ReferenceFilesFuzz;
import org.callclear.gateways.journal.OpenCallJournalFuzz;
import org.callclear.proxy.journal.CallJournalFuzz;
import org.callclear.proxy.subscribers.UsersFileFuzz;
import org.callclear.schemas.wire.RecordFuzz;
import org.callclear.settlement.evidence.ProofFileFuzz;
import org.callclear.sip.digest.DigestFuzz;
import org.callclear.sip.message.SipMessageFuzz;
import org.callclear.sip.transport.StreamFramerFuzz;
import org.callclear.tokens.ClaimsFuzz;
import org.callclear.tokens.ReplayMemoryFuzz;
import org.callclear.tokens.TokenFuzz;
import org.callclear.tokens.pki.CertificateRequestFuzz;

/** Every target. {@code fuzz/run} reads this file: a constant is a target, and its class is the one imported. */
enum Target {
    SIP_MESSAGE(SipMessageFuzz::fuzzerTestOneInput),
    SIP_STREAM(StreamFramerFuzz::fuzzerTestOneInput),
    SIP_DIGEST(DigestFuzz::fuzzerTestOneInput),
    TOKEN(TokenFuzz::fuzzerTestOneInput),
    CLAIMS(ClaimsFuzz::fuzzerTestOneInput),
    RECORDS(RecordFuzz::fuzzerTestOneInput),
    DECK_FILE(DeckFileFuzz::fuzzerTestOneInput),
    REFERENCE_FILES(ReferenceFilesFuzz::fuzzerTestOneInput),
    LIMIT_FILE(LimitFileFuzz::fuzzerTestOneInput),
    USAGE_FILE(UsageFileFuzz::fuzzerTestOneInput),
    USERS_FILE(UsersFileFuzz::fuzzerTestOneInput),
    AUDIT_FILE(AuditFileFuzz::fuzzerTestOneInput),
    PROOF_FILE(ProofFileFuzz::fuzzerTestOneInput),
    ARCHIVE_MANIFEST(ManifestFuzz::fuzzerTestOneInput),
    CERTIFICATE_REQUEST(CertificateRequestFuzz::fuzzerTestOneInput),
    CONFIGURATION(ConfigurationFuzz::fuzzerTestOneInput),
    GATEWAY_JOURNAL(OpenCallJournalFuzz::fuzzerTestOneInput),
    PROXY_JOURNAL(CallJournalFuzz::fuzzerTestOneInput),
    REPLAY_MEMORY(ReplayMemoryFuzz::fuzzerTestOneInput);

    private final Consumer<byte[]> once;

    Target(Consumer<byte[]> once) {
        this.once = once;
    }

    /** Its folder of seeds, and its name for {@code fuzz/run}. */
    String folder() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    void feed(byte[] input) {
        once.accept(input);
    }
}
