package io.worldweave.filestore.git;

import static java.util.Objects.requireNonNullElse;

import io.worldweave.domain.world.Actor;
import io.worldweave.filestore.world.CopiesWritten;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.api.AddCommand;
import org.eclipse.jgit.api.CommitCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.RmCommand;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.StatusCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The git repository in a data directory. Only copies for people are committed, whatever else lies
 * there or is staged; keys and journals are excluded from what a person may add by mistake.
 *
 * <p>Not thread-safe. Methods block for the disk. Opened when first needed, and again after a
 * failure.
 */
final class CopiesRepository implements AutoCloseable {
    private static final String EXCLUDED =
            """
            /cursor-key
            /credentials
            /lock
            journal-*.jsonl*
            *.new
            """;

    /**
     * A lock of git's that is older was left behind by a crash: this process owns the directory.
     */
    private static final Duration STALE = Duration.ofSeconds(10);

    private static final String MAIL = "@users.worldweave.invalid";

    private final Path data;
    private @Nullable Git git;

    CopiesRepository(Path data) {
        this.data = data.toAbsolutePath().normalize();
    }

    /** Commits the files as they are now, if they are other than in the last commit. */
    void commit(CopiesWritten copies) throws IOException, GitAPIException {
        try {
            commit(open(), copies);
        } catch (IOException | GitAPIException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void commit(Git repository, CopiesWritten copies) throws GitAPIException {
        List<String> present =
                copies.files().stream().filter(Files::exists).map(this::name).toList();
        List<String> gone =
                copies.files().stream().filter(Files::notExists).map(this::name).toList();
        if (!present.isEmpty()) {
            AddCommand add = repository.add();
            present.forEach(add::addFilepattern);
            add.call();
        }
        if (!gone.isEmpty()) {
            RmCommand remove = repository.rm().setCached(true);
            gone.forEach(remove::addFilepattern);
            remove.call();
        }
        Set<String> changed = changed(repository, copies);
        if (changed.isEmpty()) {
            return;
        }
        CommitCommand commit = repository.commit();
        changed.forEach(commit::setOnly);
        commit.setAuthor(author(copies))
                .setCommitter(person("Worldweave", "service" + MAIL, Instant.now()))
                .setMessage(message(copies))
                .setNoVerify(true)
                .setSign(false)
                .call();
    }

    /** Returns the files that are other than in the last commit. */
    private Set<String> changed(Git repository, CopiesWritten copies) throws GitAPIException {
        StatusCommand question = repository.status();
        copies.files().stream().map(this::name).forEach(question::addPath);
        Status status = question.call();
        Set<String> changed = new TreeSet<>(status.getAdded());
        changed.addAll(status.getChanged());
        changed.addAll(status.getRemoved());
        return changed;
    }

    private Git open() throws IOException, GitAPIException {
        if (git == null) {
            Isolation.begin();
            Path folder = data.resolve(".git");
            git = Files.exists(folder) ? Git.open(data.toFile()) : created(folder);
            deleteStaleLocks(git.getRepository());
        }
        return git;
    }

    private Git created(Path folder) throws IOException, GitAPIException {
        Git made = Git.init().setDirectory(data.toFile()).setInitialBranch("main").call();
        Files.createDirectories(folder.resolve("info"));
        Files.writeString(folder.resolve("info/exclude"), EXCLUDED);
        return made;
    }

    /** What a commit locks: the index, and HEAD with the branch to which it points. */
    private static void deleteStaleLocks(Repository repository) throws IOException {
        Path folder = repository.getDirectory().toPath();
        String branch = requireNonNullElse(repository.getFullBranch(), Constants.HEAD);
        for (String locked : List.of("index", Constants.HEAD, branch)) {
            Path lock = folder.resolve(locked + ".lock");
            if (Files.exists(lock)
                    && Files.getLastModifiedTime(lock)
                            .toInstant()
                            .isBefore(Instant.now().minus(STALE))) {
                Files.delete(lock);
            }
        }
    }

    private String name(Path file) {
        return data.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }

    private static PersonIdent author(CopiesWritten copies) {
        Instant when =
                copies.timestampMillis() == 0
                        ? Instant.now()
                        : Instant.ofEpochMilli(copies.timestampMillis());
        return copies.actors().isEmpty()
                ? person("Worldweave", "service" + MAIL, when)
                : person(name(copies.actors().getFirst()), mail(copies.actors().getFirst()), when);
    }

    private static PersonIdent person(String name, String mail, Instant when) {
        return new PersonIdent(name, mail, when, ZoneOffset.UTC);
    }

    private static String message(CopiesWritten copies) {
        StringBuilder message = new StringBuilder(copies.world().toString());
        message.append(
                copies.from() < copies.revision()
                        ? " " + copies.from() + ".." + copies.revision()
                        : " " + copies.revision());
        String causes = String.join(", ", copies.causes());
        message.append(": ").append(causes.isEmpty() ? "as it is" : causes).append("\n");
        copies.actors().stream()
                .skip(1)
                .forEach(actor ->
                        message.append("\nCo-authored-by: ")
                                .append(name(actor))
                                .append(" <")
                                .append(mail(actor))
                                .append('>'));
        return message.toString();
    }

    private static String name(Actor actor) {
        return switch (actor) {
            case Actor.User user -> user.id().value();
            case Actor.Service service -> service.name();
        };
    }

    private static String mail(Actor actor) {
        String name = name(actor).replaceAll("[^A-Za-z0-9@._+-]", "_");
        return name.contains("@") ? name : name + MAIL;
    }

    @Override
    public void close() {
        if (git != null) {
            git.close();
            git = null;
        }
    }
}
