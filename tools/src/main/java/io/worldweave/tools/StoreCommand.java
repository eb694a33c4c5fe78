package io.worldweave.tools;

import io.worldweave.domain.store.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
            "2:the command was not understood",
            "3:the store cannot be had: another process has it, or it does not answer"
        })
public final class StoreCommand {
    /** What the store itself would log; set here so that it stays. */
    private static final Logger LOG = Logger.getLogger("io.worldweave");

    private StoreCommand() {}

    public static void main(String[] arguments) {
        LOG.setLevel(Level.SEVERE);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
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
    private static String reason(Exception failure) {
        return failure instanceof java.nio.file.FileSystemException
                ? failure.toString()
                : String.valueOf(failure.getMessage());
    }
}
