package org.callclear.app.config;

/** A configuration file cannot be used. The message is one line for people: file, line, field, value, why. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line that names the place */
    public ConfigException(String message) {
        super(message);
    }

    ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
