package io.worldweave.domain.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldId;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditLogTest {
    private static final WorldId WORLD = new WorldId.Shared(Shop.ID);
    private static final Merge MERGE = new Merge.Refused(new Rejection.Missing(Pointer.ROOT));
    private static final Fault FAULT = new Fault("shop/config.json", "", 1, 2, "is wrong");

    private long now;
    private final EditLog edits = new EditLog(() -> ++now, 3);
    private final Experience version = Shop.experience(Shop.authored());

    @Test
    void theLatestEditComesFirstAndOldOnesAreForgotten() {
        for (int i = 0; i < 5; i++) {
            edits.invalid(Shop.ID, List.of("file" + i), List.of(FAULT));
        }

        assertThat(edits.of(Shop.ID))
                .extracting(EditLog.Entry::files)
                .containsExactly(List.of("file4"), List.of("file3"), List.of("file2"));
    }

    @Test
    void whatAnEditCameToStandsWithIt() {
        edits.valid(version, List.of("state/world.json"));
        edits.merged(version, WORLD, MERGE);

        assertThat(edits.of(Shop.ID))
                .containsExactly(
                        new EditLog.Entry(
                                1,
                                List.of("state/world.json"),
                                List.of(),
                                List.of(new EditLog.InWorld(WORLD, MERGE)),
                                1));
    }

    @Test
    void aWorldThatWasFasterThanTheNoteOfItsEditIsOfTheSameEdit() {
        edits.merged(version, WORLD, MERGE);
        edits.valid(version, List.of("state/world.json"));

        assertThat(edits.of(Shop.ID)).hasSize(1);
        assertThat(edits.of(Shop.ID).getFirst().files()).containsExactly("state/world.json");
    }

    @Test
    void worldsBeyondTheLimitAreCounted() {
        for (int i = 0; i < EditLog.WORLDS_LIMIT + 7; i++) {
            edits.merged(version, new WorldId.Isolated(Shop.ID, new UserId("u" + i)), MERGE);
        }

        EditLog.Entry entry = edits.of(Shop.ID).getFirst();
        assertThat(entry.worlds()).hasSize(EditLog.WORLDS_LIMIT);
        assertThat(entry.worldCount()).isEqualTo(EditLog.WORLDS_LIMIT + 7);
    }
}
