package org.callclear.app.logview;

import java.util.EnumSet;
import java.util.Set;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.topics.Party;

/** What is shown of phone numbers. */
public enum Numbers {
    /** Their first four digits: for everybody, unless asked otherwise. */
    MASKED,
    /** All digits: for who may see them. */
    SHOWN;

    /** Administration answers for all calls; a carrier's people can read the topics of their own calls only. */
    private static final Set<Party.Kind> MAY_SEE = EnumSet.of(Party.Kind.ADMINISTRATION, Party.Kind.CARRIER);

    /**
     * What somebody sees.
     *
     * @param principal who brokers take them for
     * @param wanted whether they asked for whole numbers
     * @throws LogViewException when they did, and may not see them
     */
    public static Numbers of(String principal, boolean wanted) {
        if (!wanted) {
            return MASKED;
        }
        if (!maySee(principal)) {
            throw new LogViewException("--numbers: refused to '" + principal
                    + "': whole numbers are shown to 'administration', and to a carrier's own people");
        }
        return SHOWN;
    }

    private static boolean maySee(String principal) {
        try {
            return MAY_SEE.contains(Party.parse(principal).kind());
        } catch (IllegalArgumentException e) {
            return false; // No party of ours, or nobody at all: a broker without TLS tells nobody apart.
        }
    }

    /** A number, or what stands where one belongs. */
    public String show(String number) {
        return this == SHOWN ? number : E164Number.mask(number);
    }

    /** Text that may have a number in it. */
    public String showText(String text) {
        return this == SHOWN ? text : E164Number.maskIn(text);
    }
}
