package io.worldweave.filestore.crash;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Cuts the power of the ext4 file system in which its argument is: it is shut down at once, and
 * what was not forced is lost. {@code ioctl(fd, EXT4_IOC_SHUTDOWN, EXT4_GOING_FLAGS_NOLOGFLUSH)},
 * which only root may call. In a process of its own, since native access is granted to a process.
 * It says a line when it is about to, and waits for one.
 */
public final class PowerCut {
    private static final long SHUTDOWN = 0x8004587DL;
    private static final int WITHOUT_FLUSHING = 2;

    private PowerCut() {}

    public static void main(String[] arguments) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle open = call("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
            int file = (int) open.invokeExact(arena.allocateFrom(arguments[0]), 0);
            MethodHandle ioctl =
                    call("ioctl", ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);
            MemorySegment flags = arena.allocateFrom(ValueLayout.JAVA_INT, WITHOUT_FLUSHING);
            System.out.println("cutting");
            System.in.read();
            if ((int) ioctl.invokeExact(file, SHUTDOWN, flags) != 0) {
                System.err.println(arguments[0] + " cannot be shut down");
                System.exit(1);
            }
        }
    }

    @SuppressWarnings("restricted") // the process is started with native access
    private static MethodHandle call(String name, ValueLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments),
                Linker.Option.firstVariadicArg(arguments.length - 1));
    }
}
