package io.worldweave.filestore.world;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.git.GitHistory;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The copies for people in a real git repository. */
@Timeout(120)
final class GitHistoryTest {
    private static final WorldId WORLD = new WorldId.Shared(new ExperienceId("garden"));
    private static final UserId ALICE = new UserId("alice@example.com");
    private static final UserId BOB = new UserId("bob");
    private static final long TIME = 1_731_240_000_000L;

    @TempDir Path data;

    private FileWorldStore store() {
        return new FileWorldStore(data, KeptHistory.STANDARD, GitHistory.of(data));
    }

    private static Position open(FileWorldStore store) {
        return head(store.open(WORLD, () -> JsonObject.EMPTY)).position();
    }

    private static Delta by(Actor actor, long base, String cause, Change change) {
        return new Delta(base, actor, cause, TIME + base * 1_000, List.of(change));
    }

    private static Change gate(String value) {
        return new Change.Add(Part.SHARED, Pointer.of("gate"), Json.of(value));
    }

    private List<RevCommit> log() throws Exception {
        List<RevCommit> commits = new ArrayList<>();
        try (Git git = Git.open(data.toFile())) {
            git.log().call().forEach(commits::addFirst);
        }
        return commits;
    }

    private String file(RevCommit commit, String path) throws Exception {
        try (Git git = Git.open(data.toFile())) {
            Repository repository = git.getRepository();
            try (TreeWalk walk = TreeWalk.forPath(repository, path, commit.getTree())) {
                return walk == null
                        ? ""
                        : new String(
                                repository.open(walk.getObjectId(0)).getBytes(),
                                StandardCharsets.UTF_8);
            }
        }
    }

    @Test
    void whatChangedIsCommittedWithItsAuthorAndItsCauses() throws Exception {
        try (FileWorldStore store = store()) {
            Position base = open(store);
            store.commit(
                    WORLD, base, List.of(by(Actor.of(ALICE), 0, "command:open", gate("open"))));
            store.commit(
                    WORLD,
                    base.at(1),
                    List.of(
                            by(
                                    Actor.of(BOB),
                                    1,
                                    "command:take",
                                    new Change.Add(
                                            Part.own(BOB), Pointer.ROOT, JsonObject.EMPTY))));
        }

        List<RevCommit> log = log();

        assertThat(log).hasSize(1);
        RevCommit commit = log.getFirst();
        assertThat(commit.getAuthorIdent().getName()).isEqualTo("alice@example.com");
        assertThat(commit.getAuthorIdent().getEmailAddress()).isEqualTo("alice@example.com");
        assertThat(commit.getAuthorIdent().getWhenAsInstant().toEpochMilli())
                .isEqualTo(TIME + 1_000);
        assertThat(commit.getCommitterIdent().getName()).isEqualTo("Worldweave");
        assertThat(commit.getFullMessage())
                .isEqualTo(
                        "garden 0..2: command:open, command:take\n\n"
                                + "Co-authored-by: bob <bob@users.worldweave.invalid>");
        assertThat(file(commit, "worlds/garden/world.json")).contains("\"gate\": \"open\"");
        assertThat(file(commit, "players/bob/garden/view.json")).contains("\"player\": {}");
    }

    @Test
    void eachWritingBehindIsACommitAndOneThatChangesNothingIsNone() throws Exception {
        Position base;
        try (FileWorldStore store = store()) {
            base = open(store);
            store.commit(
                    WORLD, base, List.of(by(Actor.of(ALICE), 0, "command:open", gate("open"))));
        }
        try (FileWorldStore store = store()) {
            open(store);
            store.writeBehind();
        }
        assertThat(log()).as("a start changes nothing").hasSize(1);
        try (FileWorldStore store = store()) {
            open(store);
            store.commit(
                    WORLD,
                    base.at(1),
                    List.of(by(new Actor.Service("schedule"), 1, "nightfall", gate("shut"))));
        }

        assertThat(log())
                .extracting(RevCommit::getShortMessage)
                .containsExactly("garden 0..1: command:open", "garden 1..2: nightfall");
        assertThat(log().getLast().getAuthorIdent().getName()).isEqualTo("schedule");
        assertThat(file(log().getFirst(), "worlds/garden/world.json")).contains("\"open\"");
        assertThat(file(log().getLast(), "worlds/garden/world.json")).contains("\"shut\"");
    }

    @Test
    void aCopyThatIsDeletedLeavesTheRepositoryToo() throws Exception {
        try (FileWorldStore store = store()) {
            Position base = open(store);
            store.commit(
                    WORLD,
                    base,
                    List.of(
                            by(
                                    Actor.of(BOB),
                                    0,
                                    "enter",
                                    new Change.Add(
                                            Part.own(BOB), Pointer.ROOT, JsonObject.EMPTY))));
        }
        try (FileWorldStore store = store()) {
            Position base = open(store);
            store.commit(
                    WORLD,
                    base,
                    List.of(
                            by(
                                    Actor.of(BOB),
                                    1,
                                    "leave",
                                    new Change.Remove(Part.own(BOB), Pointer.ROOT))));
        }

        assertThat(file(log().getFirst(), "players/bob/garden/view.json")).isNotEmpty();
        assertThat(file(log().getLast(), "players/bob/garden/view.json")).isEmpty();
    }

    @Test
    void keysAndJournalsAreNeverCommitted() throws Exception {
        Files.writeString(data.resolve("cursor-key"), "secret");
        try (FileWorldStore store = store()) {
            store.commit(WORLD, open(store), run(0, 1, "gate"));
        }

        try (Git git = Git.open(data.toFile())) {
            assertThat(git.status().call().getUntracked()).isEmpty();
            try (TreeWalk walk = new TreeWalk(git.getRepository())) {
                walk.addTree(log().getLast().getTree());
                walk.setRecursive(true);
                List<String> names = new ArrayList<>();
                while (walk.next()) {
                    names.add(walk.getPathString());
                }
                assertThat(names).containsExactly("worlds/garden/world.json");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"index", "HEAD", "refs/heads/by-hand"})
    void aLockThatACrashLeftBehindIsRemoved(String locked) throws Exception {
        Position base;
        try (FileWorldStore store = store()) {
            base = open(store);
            store.commit(WORLD, base, run(0, 1, "gate"));
        }
        try (Git git = Git.open(data.toFile())) {
            git.checkout().setCreateBranch(true).setName("by-hand").call();
        }
        Path lock = Files.createFile(data.resolve(".git/" + locked + ".lock"));
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(60)));

        try (FileWorldStore store = store()) {
            open(store);
            store.commit(WORLD, base.at(1), run(1, 1, "gate"));
        }

        assertThat(log()).hasSize(2);
        assertThat(lock).doesNotExist();
    }

    @Test
    void noCommitWaitsForAGitThatHangs() throws Exception {
        try (FileWorldStore store = store()) {
            store.commit(WORLD, open(store), run(0, 1, "gate"));
        }
        Path index = data.resolve(".git/index");
        Files.move(index, index.resolveSibling("index.kept"));
        assertThat(new ProcessBuilder("mkfifo", index.toString()).start().waitFor()).isZero();

        FileWorldStore store = store();
        Position at = open(store);
        for (int i = 0; i < 100; i++) {
            // Git reads its index, which does not come; the store does not care.
            assertThat(store.commit(WORLD, at, run(at.revision(), 1, "gate")))
                    .isInstanceOf(Outcome.Committed.class);
            store.writeBehind();
            at = at.at(at.revision() + 1);
        }
        Thread release =
                Thread.ofVirtual()
                        .start(() -> {
                            try (OutputStream out = Files.newOutputStream(index)) {
                                out.flush();
                                Files.move(
                                        index.resolveSibling("index.kept"),
                                        index,
                                        StandardCopyOption.REPLACE_EXISTING);
                            } catch (java.io.IOException broken) {
                                throw new java.io.UncheckedIOException(broken);
                            }
                        });
        store.close();
        release.join();

        assertThat(head(new FileWorldStore(data).open(WORLD, () -> JsonObject.EMPTY)).revision())
                .isEqualTo(101);
    }

    @Test
    void aGitThatFailsDisturbsNobodyAndIsReported() throws Exception {
        Files.writeString(data.resolve(".git"), "no repository");
        try (LogNotes notes = new LogNotes(GitHistory.class)) {
            try (FileWorldStore store = store()) {
                Position base = open(store);
                store.commit(WORLD, base, run(0, 1, "gate"));
                store.writeBehind();
                assertThat(store.commit(WORLD, base.at(1), run(1, 1, "gate")))
                        .isEqualTo(new Outcome.Committed(base.at(2)));
            }
            assertThat(notes.warnings())
                    .singleElement()
                    .asString()
                    .contains("world garden was not committed to git");
        }
        assertThat(data.resolve("worlds/garden/world.json")).exists();
    }
}
