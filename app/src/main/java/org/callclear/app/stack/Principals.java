package org.callclear.app.stack;

import java.io.IOException;
import org.apache.kafka.common.security.ssl.SslPrincipalMapper;

/** Who a broker takes the owner of a certificate for: by Kafka's own mapping, with the rule that our brokers have. */
public final class Principals {
    /**
     * A common name, and perhaps the person who acts for that party: only what our authority issues. Any other subject
     * maps to no party of ours, for DEFAULT keeps it whole.
     */
    static final String RULES = "RULE:^CN=([a-z0-9.-]+)(?:,UID=[a-z0-9-]+)?$/$1/,DEFAULT";

    private static final SslPrincipalMapper MAPPER = SslPrincipalMapper.fromRules(RULES);

    private Principals() {}

    /**
     * The principal of a certificate's subject.
     *
     * @param distinguishedName as RFC 2253 writes it, the common name first
     */
    public static String of(String distinguishedName) {
        try {
            return MAPPER.getName(distinguishedName);
        } catch (IOException e) {
            throw new IllegalStateException("the rules end in DEFAULT, which takes every name", e);
        }
    }
}
