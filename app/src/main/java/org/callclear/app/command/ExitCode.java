package org.callclear.app.command;

/** What a command ends with besides 0, done. */
final class ExitCode {
    /** It could not do what it was asked to. */
    static final int FAILED = 1;

    /** It was not asked in due form. */
    static final int MISUSED = 2;

    /** Done, but for rows, records or topics that are named. */
    static final int IN_PART = 3;

    private ExitCode() {}
}
