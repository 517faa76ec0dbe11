package org.callclear.tokens.secrets;

import java.io.IOException;
import java.nio.file.Path;

/** A secret that others than its owner may read or write: it is not used until the rights are put right. */
public final class LooseRightsException extends IOException {
    private static final long serialVersionUID = 1L;

    LooseRightsException(Path path, String rights) {
        super(path + ": rights are " + rights + ", must be for the owner only (chmod go=)");
    }
}
