package org.callclear.app.machine;

/** The machine cannot start or be found. The message is one line for people. */
public final class MachineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MachineException(String message) {
        super(message);
    }

    MachineException(String message, Throwable cause) {
        super(message, cause);
    }
}
