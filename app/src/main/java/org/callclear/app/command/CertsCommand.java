package org.callclear.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.topics.Party;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.Issued;
import org.callclear.tokens.pki.RevocationReason;
import org.callclear.tokens.pki.Subject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code certs}: who may speak on Kafka, and no longer may. */
@Command(name = "certs", description = "Certificates, by which alone Kafka knows a party.")
final class CertsCommand {
    private static final String WHICH =
            "its serial, or the party as `certs list` shows it (carrier.acme, operations/alice)";

    /** Those that serve SIP over TLS, besides connecting to Kafka. */
    private static final Set<Party.Kind> SERVING = EnumSet.of(Party.Kind.PROXY, Party.Kind.GATEWAY);

    private final Terminal terminal;
    private final Clock clock;

    CertsCommand(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /** How a certificate is to be made. */
    static final class Making {
        @Option(
                names = "--csr",
                paramLabel = "FILE",
                description =
                        "PKCS#10 request in PEM, made where the private key is and stays; without it a key is made")
        private @Nullable Path csr;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                description = "gets the certificate and, without --csr, the private key, owner-only"
                        + " (default without --csr: in the authority's directory)")
        private @Nullable Path out;

        @Option(
                names = "--lasts",
                paramLabel = "P90D",
                description = "at most P397D (default: P90D for programs, P30D for people)")
        private @Nullable Duration lasts;

        @Option(names = "--json", description = "print one JSON object")
        private boolean json;

        private Duration validity(Subject subject) {
            if (lasts == null) {
                return subject.person().isEmpty()
                        ? CertificateAuthority.PROGRAMS_LAST
                        : CertificateAuthority.PEOPLE_LAST;
            }
            if (!lasts.isPositive() || lasts.compareTo(CertificateAuthority.LONGEST) > 0) {
                throw new CommandException("--lasts " + lasts + ": must be positive and at most P"
                        + CertificateAuthority.LONGEST.toDays() + "D");
            }
            return lasts;
        }

        private Path file(CertificateAuthority authority, Subject subject) {
            if (out == null && csr != null) {
                throw new CommandException("--out: say where the certificate is to go");
            }
            if (out == null
                    && !subject.hosts().isEmpty()
                    && !subject.commonName().equals(Subject.BROKER)) {
                throw new CommandException("--out: say where the certificate for SIP is to go; the authority's own"
                        + " file of " + subject + " is for Kafka");
            }
            return out == null ? authority.identityFile(subject) : out;
        }

        private Issued make(CertificateAuthority authority, Subject subject, Path file) throws IOException {
            Duration validity = validity(subject);
            if (csr == null) {
                return authority.issue(subject, validity, file);
            }
            byte[] request = request(csr);
            try {
                return authority.certify(subject, validity, request, file);
            } catch (IllegalArgumentException e) {
                throw new CommandException("--csr " + csr + ": " + e.getMessage());
            }
        }

        private static byte[] request(Path csr) throws IOException {
            if (!Files.isRegularFile(csr) || !Files.isReadable(csr)) {
                throw new CommandException("--csr " + csr + ": not a file that can be read");
            }
            if (Files.size(csr) > CertificateAuthority.LONGEST_REQUEST) {
                throw new CommandException("--csr " + csr + ": " + Files.size(csr) + " bytes, more than "
                        + CertificateAuthority.LONGEST_REQUEST);
            }
            return Files.readAllBytes(csr);
        }
    }

    @Command(name = "init", description = "Makes an authority, for a cluster without an `up`. One that is there stays.")
    int init(@Mixin AuthorityPlace place) {
        CertificateAuthority authority = place.openOrCreate(clock);
        terminal.print("trusted " + authority.trusted() + " revoked " + authority.revocations());
        return 0;
    }

    @Command(
            name = "issue",
            description = {
                "Issues a certificate.",
                "A request must name exactly the party: CN=PARTY, for a person UID=NAME before it"
                        + " (openssl req -subj /UID=alice/CN=operations)."
            })
    int issue(
            @Mixin AuthorityPlace place,
            @Mixin Making making,
            @Option(
                            names = "--for",
                            required = true,
                            paramLabel = "PARTY",
                            description = "proxy.acme, gateway.zenith-1, carrier.acme, operations, ..., or broker")
                    String party,
            @Option(
                            names = "--person",
                            paramLabel = "NAME",
                            defaultValue = "",
                            description = "who acts for the party; its rights stay the party's")
                    String person,
            @Option(
                            names = "--host",
                            paramLabel = "NAME",
                            description =
                                    "name or address that it serves TLS on: of a broker, or of a proxy or gateway for"
                                            + " SIP; may be repeated")
                    @Nullable
                    List<String> hosts,
            @Option(
                            names = "--replace",
                            description = "overwrite FILE if it is there; one with a private key is kept as FILE.old")
                    boolean replace)
            throws IOException {
        Subject subject = subject(party, person, hosts == null ? List.of() : hosts);
        CertificateAuthority authority = place.open(clock);
        Path file = making.file(authority, subject);
        if (!replace && Files.exists(file)) {
            throw new CommandException("--out " + file + ": is there already (see --replace)");
        }
        keepKey(making, file);
        print(making, making.make(authority, subject, file), file);
        new KnownParty(place).say(subject).ifPresent(terminal::progress);
        return 0;
    }

    /** A private key that was written over is gone for good. */
    private void keepKey(Making making, Path file) throws IOException {
        if (!Files.exists(file) || !CertificateFile.read(file).holdsKey()) {
            return;
        }
        if (making.csr != null) {
            throw new CommandException("--out " + file + ": holds a private key, and a certificate made from a request"
                    + " has none to put in its place; name another file, or move this one away");
        }
        terminal.progress("the private key that was in " + file + " is kept in " + KeptFile.aside(file));
    }

    private static Subject subject(String party, String person, List<String> hosts) {
        if (party.equals(Subject.BROKER)) {
            if (!person.isEmpty()) {
                throw new CommandException("--person '" + PartyName.shown(person) + "': a broker is a program");
            }
            return Subject.broker(hosts);
        }
        Subject subject = new Subject(party, person, hosts);
        if (!hosts.isEmpty() && !SERVING.contains(Party.parse(party).kind())) {
            throw new CommandException("--host '" + PartyName.shown(hosts.get(0)) + "': " + PartyName.shown(party)
                    + " only connects; a broker, a proxy or a gateway serves");
        }
        return subject;
    }

    @Command(
            name = "renew",
            description = {
                "Issues another certificate for the same party, in the place of its file; the old one stays good until"
                        + " its end.",
                "One that was made from a request is renewed with another request (--csr)."
            })
    int renew(
            @Mixin AuthorityPlace place,
            @Mixin Making making,
            @Parameters(paramLabel = "SERIAL|PARTY", description = WHICH + "; the last issued one") String which,
            @Option(names = "--revoke-old", description = "revoke the old one, as superseded") boolean revokeOld,
            @Option(
                            names = "--replace",
                            description = "write FILE whatever is there; one with a private key is kept as FILE.old")
                    boolean replace)
            throws IOException {
        CertificateAuthority authority = place.open(clock);
        List<Issued> found = find(authority, which);
        Issued old = found.get(found.size() - 1);
        Issued.Revocation revocation = old.revocation();
        if (revocation != null) {
            throw new CommandException("certificate " + old.serial() + " of " + old.subject() + " was revoked at "
                    + revocation.at() + " (" + revocation.reason().word()
                    + "): it is not renewed; `certs issue` makes a new one");
        }
        Path file = making.file(authority, old.subject());
        if (replace) {
            keepKey(making, file);
        } else {
            requireOfTheSame(authority, making, old, file);
        }
        Issued fresh = making.make(authority, old.subject(), file);
        if (revokeOld) {
            authority.revoke(List.of(old.serial()), RevocationReason.SUPERSEDED);
        }
        print(making, fresh, file);
        return 0;
    }

    /** A private key that is written over is lost, and one that nobody asked for helps nobody. */
    private static void requireOfTheSame(CertificateAuthority authority, Making making, Issued old, Path file)
            throws IOException {
        if (!Files.exists(file)) {
            if (making.out == null) {
                throw new CommandException(file + ": is not there, so the key of " + old.subject() + " is elsewhere:"
                        + " renew with --csr and --out (or --out FILE alone, for a new key in FILE)");
            }
            return;
        }
        CertificateFile there = CertificateFile.read(file);
        X509Certificate certificate = there.certificate();
        if (certificate == null || !isOf(authority, old.subject(), certificate)) {
            throw new CommandException("--out " + file + ": is there already and holds no certificate of "
                    + old.subject() + " (see --replace)");
        }
        if (there.holdsKey() == (making.csr != null)) {
            throw new CommandException("--out " + file + ": "
                    + (there.holdsKey()
                            ? "holds the private key, which the certificate of a request would replace"
                            : "holds a certificate without its key: renew with --csr")
                    + " (see --replace)");
        }
    }

    private static boolean isOf(CertificateAuthority authority, Subject subject, X509Certificate certificate) {
        String serial = certificate.getSerialNumber().toString(16);
        return authority.issued().stream()
                .anyMatch(one -> one.subject().equals(subject) && one.serial().equals(serial));
    }

    @Command(
            name = "revoke",
            description = {
                "Ends certificates before their time. The embedded broker refuses them from the next connection on;",
                "connections that stand are not cut. For brokers elsewhere copy the file that is printed."
            })
    int revoke(
            @Mixin AuthorityPlace place,
            @Parameters(paramLabel = "SERIAL|PARTY", description = WHICH + "; all that are good") String which,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "REASON",
                            description = "keyCompromise, cessationOfOperation or superseded")
                    String reason,
            @Option(names = "--json", description = "print one JSON object") boolean json) {
        RevocationReason why = RevocationReason.parse(reason);
        CertificateAuthority authority = place.open(clock);
        List<Issued> found = find(authority, which);
        // The key of one whose time is over may be in other certificates, or in a request still to come.
        List<String> serials = found.stream()
                .filter(one ->
                        why == RevocationReason.KEY_COMPROMISE || one.state(clock.instant()) != Issued.State.EXPIRED)
                .map(Issued::serial)
                .toList();
        List<Issued> revoked = authority.revoke(serials, why);
        found.forEach(one -> sayWhatStands(one, why));
        if (json) {
            terminal.print(CertsJson.revoked(revoked, authority.revocations(), clock.instant()));
        } else {
            revoked.forEach(one -> terminal.print("revoked " + one.serial() + " " + one.subject()));
            terminal.print(revoked.isEmpty() ? "nothing left to revoke" : "list " + authority.revocations());
        }
        return 0;
    }

    /** Of one that was revoked before. */
    private void sayWhatStands(Issued one, RevocationReason why) {
        Issued.Revocation first = one.revocation();
        if (first != null && first.reason() != why) {
            terminal.progress(one.serial() + " " + one.subject() + " is revoked since " + first.at() + " ("
                    + first.reason().word() + "), which stands"
                    + (why == RevocationReason.KEY_COMPROMISE
                            ? "; its key is not certified any more"
                            : ": " + why.word() + " was not recorded"));
        }
    }

    /** Those of a serial or of a party, in the order of issue; at least one. */
    private static List<Issued> find(CertificateAuthority authority, String which) {
        String serial = which.toLowerCase(Locale.ROOT).replace(":", "").replaceFirst("^0+(?=.)", "");
        List<Issued> all = authority.issued();
        List<Issued> bySerial =
                all.stream().filter(one -> one.serial().equals(serial)).toList();
        List<Issued> found = !bySerial.isEmpty()
                ? bySerial
                : all.stream()
                        .filter(one -> one.subject().toString().equals(which))
                        .toList();
        if (found.isEmpty()) {
            throw new CommandException("'" + PartyName.shown(which)
                    + "': neither the serial nor the party of a certificate that this authority issued"
                    + " (see `certs list`)");
        }
        return found;
    }

    @Command(name = "list", description = "Lists every certificate: VALID, DUE for renewal, EXPIRED or REVOKED.")
    int list(@Mixin AuthorityPlace place, @Option(names = "--json", description = "print as JSON") boolean json) {
        List<Issued> all = place.open(clock).issued();
        if (json) {
            terminal.print(CertsJson.of(all, clock.instant()));
            return 0;
        }
        TextTable table = new TextTable("party", "state", "from", "until", "reason", "serial");
        for (Issued one : all) {
            Issued.Revocation revocation = one.revocation();
            table.row(
                    one.subject().toString(),
                    one.state(clock.instant()).name(),
                    one.notBefore().toString(),
                    one.notAfter().toString(),
                    revocation == null ? "" : revocation.reason().word(),
                    one.serial());
        }
        terminal.print(table.toString());
        return 0;
    }

    private void print(Making making, Issued issued, Path file) {
        if (making.json) {
            terminal.print(CertsJson.of(issued, clock.instant()).put("file", file.toString()));
        } else {
            terminal.print("issued " + issued.serial() + " for " + issued.subject() + " until " + issued.notAfter()
                    + " in " + file);
        }
    }
}
