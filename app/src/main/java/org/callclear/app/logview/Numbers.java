package org.callclear.app.logview;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.topics.Party;

/** What is shown of phone numbers. */
public enum Numbers {
    /** Their first four digits: for everybody, unless asked otherwise. */
    MASKED,
    /** All digits: for who may see them. */
    SHOWN;

    /** A call id, any other UUID, or a transaction id. One without a letter may be a number behind noughts. */
    private static final Pattern ID = Pattern.compile(
            "(?<![0-9A-Za-z-])(?=[0-9-]*[a-f])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})"
                    + "(?![0-9A-Za-z-])");

    private static final Pattern KEY_ID = Pattern.compile("(?=[0-9]*[a-f])[0-9a-f]{16}");

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
        return this == SHOWN ? TokenText.hide(number) : E164Number.mask(number);
    }

    /** Text that may have a number in it, and a token, which is shown to nobody. */
    public String showText(String text) {
        String noToken = TokenText.hide(text);
        return this == SHOWN ? noToken : maskBetweenIds(noToken);
    }

    /** What stands where an id belongs, of a key or of a transaction. One in due form is shown whole. */
    public String showId(String id) {
        return KEY_ID.matcher(id).matches() ? id : showText(id);
    }

    private static String maskBetweenIds(String text) {
        StringBuilder shown = new StringBuilder();
        Matcher ids = ID.matcher(text);
        int from = 0;
        while (ids.find()) {
            shown.append(E164Number.maskIn(text.substring(from, ids.start()))).append(ids.group());
            from = ids.end();
        }
        return shown.append(E164Number.maskIn(text.substring(from))).toString();
    }
}
