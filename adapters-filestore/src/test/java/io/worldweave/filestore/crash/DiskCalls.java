package io.worldweave.filestore.crash;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Rewrites the compiled classes of the store so that every call that changes the disk goes through
 * {@link DiskPoints}, which is told the method that it stands in. So the product has no code for
 * these tests, and no place where it writes is left out.
 */
final class DiskCalls {
    private static final ClassDesc POINTS = ClassDesc.of(DiskPoints.class.getName());

    /** The calls that change the disk, and what they are called in the names of points. */
    private static final Map<String, String> CALLS =
            Map.of(
                    owner(RandomAccessFile.class) + ".write([B)V",
                    "write",
                    owner(FileOutputStream.class) + ".write([B)V",
                    "write",
                    owner(RandomAccessFile.class) + ".setLength(J)V",
                    "setLength",
                    owner(FileDescriptor.class) + ".sync()V",
                    "sync",
                    owner(FileChannel.class) + ".force(Z)V",
                    "force",
                    owner(Files.class)
                            + ".move(Ljava/nio/file/Path;Ljava/nio/file/Path;[Ljava/nio/file/CopyOption;)"
                            + "Ljava/nio/file/Path;",
                    "move",
                    owner(Files.class) + ".delete(Ljava/nio/file/Path;)V",
                    "delete",
                    owner(Files.class) + ".deleteIfExists(Ljava/nio/file/Path;)Z",
                    "deleteIfExists",
                    owner(Files.class)
                            + ".createDirectories(Ljava/nio/file/Path;"
                            + "[Ljava/nio/file/attribute/FileAttribute;)Ljava/nio/file/Path;",
                    "createDirectories");

    private final Set<String> sites = new TreeSet<>();

    private static String owner(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    /**
     * Rewrites the classes of {@code packages} below {@code root} and writes them below {@code
     * target}.
     *
     * @return the places where the disk is changed, each as {@code Class.method call}
     */
    Set<String> rewrite(Path root, String packages, Path target) throws IOException {
        List<Path> classes;
        try (Stream<Path> files = Files.walk(root.resolve(packages))) {
            classes = files.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : classes) {
            Path written = target.resolve(root.relativize(file).toString());
            Files.createDirectories(written.getParent());
            Files.write(written, rewritten(Files.readAllBytes(file)));
        }
        return sites;
    }

    private byte[] rewritten(byte[] bytes) {
        ClassFile file = ClassFile.of();
        ClassModel model = file.parse(bytes);
        String name = model.thisClass().asSymbol().displayName();
        ClassTransform transform =
                (builder, element) -> {
                    if (element instanceof MethodModel method && method.code().isPresent()) {
                        String site = name + "." + named(method);
                        builder.transformMethod(
                                method, MethodTransform.transformingCode(calls(site)));
                    } else {
                        builder.with(element);
                    }
                };
        return file.transformClass(model, transform);
    }

    /** Returns the name of the method, or of the one that a lambda stands in. */
    private static String named(MethodModel method) {
        return method.methodName().stringValue().replaceAll("^lambda\\$(.*)\\$\\d+$", "$1");
    }

    private CodeTransform calls(String method) {
        return (builder, element) -> {
            String call =
                    element instanceof InvokeInstruction invoke ? CALLS.get(key(invoke)) : null;
            if (call == null) {
                builder.with(element);
            } else {
                divert(builder, (InvokeInstruction) element, call, method + " " + call);
            }
        };
    }

    private static String key(InvokeInstruction invoke) {
        return invoke.owner().asInternalName()
                + "."
                + invoke.name().stringValue()
                + invoke.type().stringValue();
    }

    private void divert(CodeBuilder builder, InvokeInstruction invoke, String call, String site) {
        sites.add(site);
        MethodTypeDesc type = invoke.typeSymbol();
        if (invoke.opcode() != Opcode.INVOKESTATIC) {
            type = type.insertParameterTypes(0, invoke.owner().asSymbol());
        }
        MethodTypeDesc told =
                type.insertParameterTypes(type.parameterCount(), ConstantDescs.CD_String);
        builder.ldc(site).invokestatic(POINTS, call, told);
    }
}
