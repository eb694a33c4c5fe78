package io.worldweave.domain.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PlainJson;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Difference;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import jakarta.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same documents and patches for us and for Parsson, the reference implementation. */
class PatchesAgainstTheReferenceTest {
    private static final int SEEDS = 6_000;

    @Test
    void aJsonPatchComesToTheSameOrIsRefusedByBoth() {
        int[] count = new int[2];
        Seeded.times(
                SEEDS,
                random -> {
                    RandomPatches chance = new RandomPatches(random);
                    JsonObject document = chance.document();
                    JsonPatch patch = chance.patch(document);
                    JsonValue reference = Reference.patched(document, patch);
                    switch (patch.apply(document)) {
                        case Edit.Applied<Json>(Json result) -> {
                            assertThat(Reference.value(result))
                                    .as("%s %s", document, patch)
                                    .isEqualTo(reference);
                            assertThatChangesLeadTo(result, document);
                            count[0]++;
                        }
                        case Edit.Refused<Json>(var why) -> {
                            assertThat(reference).as("%s %s %s", document, patch, why).isNull();
                            count[1]++;
                        }
                    }
                });
        if (Long.getLong("seed") == null) {
            assertThat(count[0]).as("applied").isGreaterThan(SEEDS / 10);
            assertThat(count[1]).as("refused").isGreaterThan(SEEDS / 10);
        }
    }

    @Test
    void aMergePatchComesToTheSame() {
        Seeded.times(
                SEEDS,
                random -> {
                    RandomPatches chance = new RandomPatches(random);
                    JsonObject document = chance.document();
                    Json patch = chance.mergePatch(4);
                    Json result =
                            ((Edit.Applied<Json>) new MergePatch(patch).apply(document)).result();

                    assertThat(Reference.value(result))
                            .as("%s %s", document, patch)
                            .isEqualTo(Reference.merged(document, patch));
                    assertThatChangesLeadTo(result, document);
                });
    }

    /** What players are told makes of their document what the patch made of ours, item for item. */
    private static void assertThatChangesLeadTo(Json result, JsonObject document) {
        if (!(result instanceof JsonObject after)) {
            return;
        }
        List<Change> changes = Difference.exact(Part.SHARED, document, after);
        assertThat(changes.isEmpty()).isEqualTo(PlainJson.same(document, after));
        if (!changes.isEmpty()) {
            WorldState before = WorldState.initial("epoch", document);
            Delta delta = new Delta(0, new Actor.Service("test"), "test", 0, changes);
            Edit<WorldState> applied = before.apply(delta);
            assertThat(applied)
                    .as("%s %s", document, changes)
                    .isInstanceOfSatisfying(
                            Edit.Applied.class,
                            is ->
                                    assertThat(
                                                    PlainJson.same(
                                                            ((WorldState) is.result())
                                                                    .shared()
                                                                    .content(),
                                                            after))
                                            .isTrue());
        }
    }
}
