package io.worldweave.domain.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PlainJson;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Difference;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPatchTest {
    private static final JsonObject ONE = item("one");
    private static final JsonObject TWO = item("two");
    private static final JsonObject NEW = item("new");
    private static final JsonObject SHELF =
            JsonObject.of("items", Json.array(List.of(ONE, TWO)), "n", Json.of(1));

    @Test
    void anIndexNamesAnItemByItsPlace() {
        assertThat(text(patched(SHELF, new Operation.Remove(Pointer.of("items", "0")))))
                .isEqualTo("{\"items\":[{\"instance_id\":\"two\"}],\"n\":1}");
    }

    @Test
    void anInstanceIdIsNoIndex() {
        assertThat(refusal(SHELF, new Operation.Remove(Pointer.of("items", "one"))))
                .isInstanceOf(Rejection.Missing.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "00", "+1", "-1", "1.0", "", " 1", "one", "3", "4294967296"})
    void whatIsNoIndexOfTheArrayIsRefused(String token) {
        assertThat(refusal(SHELF, new Operation.Add(Pointer.of("items", token), NEW)))
                .isInstanceOf(Rejection.WrongKind.class);
    }

    @Test
    void whatIsAddedInTheMiddleStandsThere() {
        JsonObject after = patched(SHELF, new Operation.Add(Pointer.of("items", "1"), NEW));
        assertThat(((JsonCollection) after.get("items")).ids())
                .containsExactly("one", "new", "two");
    }

    @Test
    void itemsThatAreAddedAtTheEndTakenOutOrChangedAreChangesOfTheirOwn() {
        JsonObject after =
                patched(
                        SHELF,
                        new Operation.Add(Pointer.of("items", "-"), NEW),
                        new Operation.Add(Pointer.of("items", "1", "seen"), Json.of(true)),
                        new Operation.Remove(Pointer.of("items", "0")));
        assertThat(Difference.exact(Part.SHARED, SHELF, after))
                .containsExactly(
                        new Change.Remove(Part.SHARED, Pointer.of("items", "one")),
                        new Change.Add(
                                Part.SHARED, Pointer.of("items", "two", "seen"), Json.of(true)),
                        new Change.Add(Part.SHARED, Pointer.of("items", "new"), NEW));
    }

    @Test
    void whatPutsItemsInAnotherOrderReplacesThem() {
        JsonObject after =
                patched(
                        SHELF,
                        new Operation.Move(Pointer.of("items", "0"), Pointer.of("items", "1")));
        assertThat(Difference.exact(Part.SHARED, SHELF, after))
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.Replace.class,
                        replace ->
                                assertThat(((JsonCollection) replace.value()).ids())
                                        .containsExactly("two", "one"));
    }

    @Test
    void anItemThatMovesToAnotherPlaceIsTakenThereAndAddedHere() {
        JsonObject world = SHELF.with("floor", JsonArray.EMPTY);
        JsonObject after =
                patched(
                        world,
                        new Operation.Move(Pointer.of("items", "1"), Pointer.of("floor", "-")));
        assertThat(Difference.exact(Part.SHARED, world, after))
                .containsExactly(
                        new Change.Remove(Part.SHARED, Pointer.of("items", "two")),
                        new Change.Add(Part.SHARED, Pointer.of("floor", "two"), TWO));
    }

    @Test
    void whatComesBackToWhatItWasIsNoChange() {
        JsonObject after =
                patched(
                        SHELF,
                        new Operation.Add(Pointer.of("items", "0"), NEW),
                        new Operation.Replace(Pointer.of("n"), Json.of(2)),
                        new Operation.Remove(Pointer.of("items", "0")),
                        new Operation.Remove(Pointer.of("n")),
                        new Operation.Add(Pointer.of("n"), Json.of(1)));
        assertThat(Difference.exact(Part.SHARED, SHELF, after)).isEmpty();
    }

    @Test
    void whatThePatchDoesNotTouchIsTheSameInstance() {
        JsonObject world = JsonObject.of("a", SHELF, "b", SHELF);
        JsonObject after = patched(world, new Operation.Remove(Pointer.of("a", "items", "0")));
        assertThat(after.get("b")).isSameAs(world.get("b"));
        assertThat(patched(world, new Operation.Expect(Pointer.of("a", "n"), Json.of(1))))
                .isSameAs(world);
    }

    @Test
    void aTestAsksForTheOrderOfElementsAndNotOfMembersAndForTheNumberNotItsText() {
        Json members = JsonObject.of("n", Json.of(1.0), "items", Json.array(List.of(ONE, TWO)));
        assertThat(patched(SHELF, new Operation.Expect(Pointer.ROOT, members))).isSameAs(SHELF);

        Json otherOrder = Json.array(List.of(TWO, ONE));
        assertThat(refusal(SHELF, new Operation.Expect(Pointer.of("items"), otherOrder)))
                .isEqualTo(new Rejection.Different(Pointer.of("items")));
    }

    @Test
    void aTestOfNothingFailsEvenForNull() {
        assertThat(refusal(SHELF, new Operation.Expect(Pointer.of("absent"), JsonNull.NULL)))
                .isInstanceOf(Rejection.Different.class);
    }

    @Test
    void theRefusalNamesTheOperation() {
        Edit<Json> edit =
                new JsonPatch(
                                List.of(
                                        new Operation.Expect(Pointer.of("n"), Json.of(1)),
                                        new Operation.Remove(Pointer.of("absent"))))
                        .apply(SHELF);
        assertThat(edit)
                .isInstanceOfSatisfying(
                        Edit.Refused.class,
                        refused ->
                                assertThat(refused.rejection().reason())
                                        .isEqualTo("operation 1 (remove): nothing is at /absent"));
    }

    @Test
    void nothingIsMovedIntoItselfAndWhatStaysWhereItIsIsNotMoved() {
        assertThat(
                        refusal(
                                SHELF,
                                new Operation.Move(Pointer.of("items"), Pointer.of("items", "0"))))
                .isInstanceOf(Rejection.WrongKind.class);
        assertThat(patched(SHELF, new Operation.Move(Pointer.of("n"), Pointer.of("n"))))
                .isSameAs(SHELF);
    }

    @Test
    void theWholeDocumentIsReplacedButNotRemoved() {
        assertThat(patched(SHELF, new Operation.Replace(Pointer.ROOT, ONE))).isEqualTo(ONE);
        assertThat(patched(SHELF, new Operation.Move(Pointer.of("items", "0"), Pointer.ROOT)))
                .isEqualTo(ONE);
        assertThat(refusal(SHELF, new Operation.Remove(Pointer.ROOT)))
                .isInstanceOf(Rejection.WrongKind.class);
    }

    @Test
    void copiesOfCopiesDoNotFillTheMemory() {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            operations.add(new Operation.Copy(Pointer.of("items"), Pointer.of("items", "-")));
        }
        assertThat(new JsonPatch(operations).apply(SHELF))
                .isInstanceOfSatisfying(
                        Edit.Refused.class,
                        refused ->
                                assertThat(refused.rejection())
                                        .isInstanceOfSatisfying(
                                                Rejection.OfOperation.class,
                                                of ->
                                                        assertThat(of.why())
                                                                .isInstanceOf(
                                                                        Rejection.TooLarge.class)));
    }

    @Test
    void aMergePatchTakesAwayWhatIsNullAndReplacesArraysAsAWhole() {
        Json patch =
                JsonObject.of("n", JsonNull.NULL, "items", Json.array(List.of(TWO)))
                        .with("deep", JsonObject.of("none", JsonNull.NULL));
        Json after = ((Edit.Applied<Json>) new MergePatch(patch).apply(SHELF)).result();
        assertThat(text(after)).isEqualTo("{\"items\":[{\"instance_id\":\"two\"}],\"deep\":{}}");
        assertThat(Difference.exact(Part.SHARED, SHELF, (JsonObject) after))
                .contains(new Change.Remove(Part.SHARED, Pointer.of("items", "one")));
    }

    @Test
    void clientsNameItemsByIndex() {
        assertThat(PlainJson.at(SHELF, Pointer.of("items", "1"))).isEqualTo(TWO);
        assertThat(PlainJson.at(SHELF, Pointer.of("items", "one"))).isNull();
        assertThat(PlainJson.at(SHELF, Pointer.of("items", "2"))).isNull();
        assertThat(PlainJson.at(SHELF, Pointer.of("n", "0"))).isNull();
        assertThat(PlainJson.at(SHELF, Pointer.ROOT)).isSameAs(SHELF);
    }

    private static JsonObject item(String id) {
        return JsonObject.of(Json.INSTANCE_ID, Json.of(id));
    }

    private static String text(Json json) {
        return json.toString();
    }

    private static JsonObject patched(JsonObject document, Operation... operations) {
        Edit<Json> edit = new JsonPatch(List.of(operations)).apply(document);
        assertThat(edit).isInstanceOf(Edit.Applied.class);
        return (JsonObject) ((Edit.Applied<Json>) edit).result();
    }

    private static Rejection refusal(JsonObject document, Operation operation) {
        Edit<Json> edit = new JsonPatch(List.of(operation)).apply(document);
        assertThat(edit).isInstanceOf(Edit.Refused.class);
        return ((Rejection.OfOperation) ((Edit.Refused<Json>) edit).rejection()).why();
    }
}
