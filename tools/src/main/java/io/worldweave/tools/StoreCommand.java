package io.worldweave.tools;

import io.worldweave.domain.store.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code worldweave-store}, which is the sum of its parts. */
@Command(
        name = "worldweave-store",
        description = "Checks, repairs, compacts and moves what Worldweave keeps of worlds.",
        mixinStandardHelpOptions = true,
        version = "worldweave-store 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CheckCommand.class,
            RepairCommand.class,
            CompactCommand.class,
            ExportCommand.class,
            ImportCommand.class
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all is well, or was done",
            "1:something is wrong, was refused or was left as it is; what, is said",
            "2:the command was not understood, or names what is not there",
            "3:the store cannot be had: another process has it, or it does not answer"
        })
public final class StoreCommand {
    /**
     * Up to which level the parts do not log: what is wrong is said once, by the command. Held here
     * so that it stays so.
     */
    private static final Map<Logger, Level> QUIET =
            Map.of(
                    Logger.getLogger("io.worldweave"), Level.SEVERE,
                    Logger.getLogger("io.worldweave.database"), Level.OFF,
                    Logger.getLogger("org.flywaydb"), Level.SEVERE,
                    Logger.getLogger("org.postgresql"), Level.OFF);

    private StoreCommand() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        QUIET.forEach(Logger::setLevel);
        return new CommandLine(new StoreCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(StoreCommand::fail);
    }

    private static int fail(
            Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        if (failure instanceof RefusedException refused) {
            command.getErr().println(refused.getMessage());
            return refused.status();
        }
        if (failure instanceof StoreUnavailableException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException) {
            command.getErr().println(reason(failure));
            return ExitStatus.UNAVAILABLE;
        }
        failure.printStackTrace(command.getErr());
        return ExitStatus.UNAVAILABLE;
    }

    /** The messages of the file system are names of files alone. */
    private static String reason(Throwable failure) {
        return switch (failure) {
            case UncheckedIOException wrapped when wrapped.getCause() != null ->
                    reason(wrapped.getCause());
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case AccessDeniedException denied ->
                    denied.getFile() + " may not be read or written by this user";
            case FileSystemException other ->
                    other.getFile()
                            + ": "
                            + (other.getReason() == null
                                    ? other.getClass().getSimpleName()
                                    : other.getReason());
            default -> String.valueOf(failure.getMessage());
        };
    }
}
