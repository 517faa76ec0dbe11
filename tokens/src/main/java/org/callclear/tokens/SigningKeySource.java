package org.callclear.tokens;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.callclear.schemas.wire.FileMark;

/** Where the private keys are kept that sign tokens, or statements. */
public sealed interface SigningKeySource {

    /** Reads the keys again and again. Used by one thread. */
    interface Reader {
        /**
         * The keys as they are now.
         *
         * @throws UncheckedIOException with one line that names the place and what is wrong with it
         */
        SigningKeys read();

        /** Differs when the keys may have changed. Cheap. */
        String stamp();
    }

    /** A reader of its own for each caller. */
    Reader reader();

    /**
     * A PKCS#12 file and the file with its password, both of the owner alone. A change of either shows at once, of its
     * rights too.
     *
     * @param use what its keys sign; a file that was made for another use is refused
     */
    record File(Path pkcs12, Path passwordFile, SigningUse use) implements SigningKeySource {
        /** One of keys that sign tokens. */
        public File(Path pkcs12, Path passwordFile) {
            this(pkcs12, passwordFile, SigningUse.TOKENS);
        }

        @Override
        public Reader reader() {
            return new Reader() {
                @Override
                public SigningKeys read() {
                    return SigningKeys.open(File.this);
                }

                @Override
                public String stamp() {
                    return FileMark.of(pkcs12) + " " + FileMark.of(passwordFile);
                }
            };
        }
    }

    /**
     * Hardware behind PKCS#11 (ES256 on P-256), by the JDK's own provider. A reader tries a PIN that is refused once: see
     * {@link PinGuard}.
     *
     * @param providerConfig configuration file of SunPKCS11: {@code name}, {@code library}, {@code slot}
     * @param pinFile the user's PIN, a file of the owner alone
     * @param keyLabel keys whose label begins with this sign tokens; all others in there are not looked at
     */
    record Pkcs11(Path providerConfig, Path pinFile, String keyLabel) implements SigningKeySource {
        /** @throws IllegalArgumentException when the label is empty: then any key in there could sign tokens */
        public Pkcs11 {
            if (keyLabel.isBlank()) {
                throw new IllegalArgumentException("keyLabel '" + keyLabel + "': must not be empty");
            }
        }

        @Override
        public Reader reader() {
            return new Pkcs11Reader(this);
        }
    }
}
