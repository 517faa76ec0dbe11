package org.callclear.sip.call;

/**
 * What answers a digest challenge.
 *
 * @param username as the other end knows it
 * @param password never shown
 */
public record Credentials(String username, String password) {
    /** @throws IllegalArgumentException when the user name is blank */
    public Credentials {
        if (username.isBlank()) {
            throw new IllegalArgumentException("username: must not be blank");
        }
    }

    /** The user name alone. */
    @Override
    public String toString() {
        return "credentials[" + username + "]";
    }
}
