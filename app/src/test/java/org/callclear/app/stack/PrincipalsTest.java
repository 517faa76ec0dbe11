package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.apache.kafka.common.security.ssl.SslPrincipalMapper;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.callclear.schemas.topics.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own mapping from a certificate's subject to a principal, with our rule and subjects made to deceive it. */
class PrincipalsTest {
    private String principal(X500Name subject) throws IOException {
        return Principals.of(new X500Principal(subject.getEncoded()).getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.acme", "gateway.zenith-1", "carrier.acme", "clearinghouse", "operations", "broker"})
    void aPartyIsItsCommonName(String party) throws IOException {
        assertThat(principal(name(cn(party)))).isEqualTo(party);
    }

    @Test
    void aPersonIsThePartyThatHeOrSheActsFor() throws IOException {
        assertThat(principal(name(uid("alice"), cn("operations")))).isEqualTo("operations");
    }

    static Stream<Arguments> lies() {
        RDN operations = cn("operations");
        return Stream.of(
                Arguments.of("a common name twice", name(cn("proxy.acme"), operations)),
                Arguments.of("a common name twice, the other way", name(operations, cn("proxy.acme"))),
                Arguments.of("the common name not last", name(operations, uid("alice"))),
                Arguments.of("two values in one part", name(new RDN(new AttributeTypeAndValue[] {
                    new AttributeTypeAndValue(BCStyle.CN, utf8("operations")),
                    new AttributeTypeAndValue(BCStyle.UID, utf8("alice"))
                }))),
                Arguments.of("an escaped comma", name(cn("operations,UID=alice"))),
                Arguments.of("an escaped comma and a blank", name(cn("operations, "))),
                Arguments.of("a quote", name(cn("\"operations\""))),
                Arguments.of("a back-slash", name(cn("operations\\"))),
                Arguments.of("a plus", name(cn("operations+UID=alice"))),
                Arguments.of("a blank before", name(cn(" operations"))),
                Arguments.of("a blank after", name(cn("operations "))),
                Arguments.of("a zero after", name(cn("operations\0"))),
                Arguments.of("a zero and more", name(cn("operations\0x"))),
                Arguments.of("a line end", name(cn("operations\n"))),
                Arguments.of("a line end after the person", name(uid("alice\n"), operations)),
                Arguments.of("a person with a comma", name(uid("alice,CN=broker"), operations)),
                Arguments.of("capitals", name(cn("OPERATIONS"))),
                Arguments.of("a Cyrillic o", name(cn("\u043eperations"))),
                Arguments.of("full-width letters", name(cn("\uff4fperations"))),
                Arguments.of("a width-less blank", name(cn("opera\u200btions"))),
                Arguments.of("a group reference", name(cn("$1"))),
                Arguments.of("an organisation too", name(new RDN(BCStyle.O, utf8("x")), operations)),
                Arguments.of("only an organisation", name(new RDN(BCStyle.O, utf8("operations")))),
                Arguments.of("only a person", name(uid("operations"))),
                Arguments.of("nothing", name()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void aCraftedSubjectIsNoPartyAndNotTheBroker(String lie, X500Name subject) throws IOException {
        String principal = principal(subject);

        assertThat(principal).isNotEqualTo(BrokerSettings.BROKER);
        assertThat(isParty(principal)).as(principal).isFalse();
    }

    private static boolean isParty(String principal) {
        try {
            Party.parse(principal);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void theListOfLiesWouldNoticeALooseRule() throws IOException {
        SslPrincipalMapper loose = SslPrincipalMapper.fromRules("RULE:^CN=([^,]+).*$/$1/,DEFAULT");
        X500Name twice = name(cn("proxy.acme"), cn("operations"));

        assertThat(loose.getName(new X500Principal(twice.getEncoded()).getName()))
                .isEqualTo("operations");
    }

    private static ASN1Encodable utf8(String text) {
        return new DERUTF8String(text);
    }

    private static RDN cn(String value) {
        return new RDN(BCStyle.CN, utf8(value));
    }

    private static RDN uid(String value) {
        return new RDN(BCStyle.UID, utf8(value));
    }

    private static X500Name name(RDN... parts) {
        return new X500Name(parts);
    }
}
