package io.worldweave.tools;

/** What a command ends with. */
final class ExitStatus {
    /** All is well, or was done. */
    static final int DONE = 0;

    /** Something is wrong, was refused or was left as it is; what, was said. */
    static final int WRONG = 1;

    /** The command was not understood, or names what is not there. */
    static final int USAGE = 2;

    /** The store cannot be had: another process has it, or it does not answer. */
    static final int UNAVAILABLE = 3;

    private ExitStatus() {}
}
