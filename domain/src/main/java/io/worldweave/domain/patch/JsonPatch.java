package io.worldweave.domain.patch;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.Rejection;
import java.util.List;

/**
 * A JSON Patch (RFC 6902): operations, one after another, all of them or none.
 *
 * <p>Beyond the RFC it refuses to copy more than {@value Draft#COPY_LIMIT} values and characters in
 * all, since a few copies of copies would fill any memory.
 */
public record JsonPatch(List<Operation> operations) implements Patch {
    public JsonPatch {
        operations = List.copyOf(operations);
    }

    /** Costs as many steps as there are operations, and for each array that they touch its size. */
    @Override
    public Edit<Json> apply(Json document) {
        Draft draft = new Draft(document);
        for (int i = 0; i < operations.size(); i++) {
            try {
                draft.apply(operations.get(i));
            } catch (RefusedException refused) {
                return new Edit.Refused<>(
                        new Rejection.OfOperation(i, operations.get(i).name(), refused.rejection));
            }
        }
        return new Edit.Applied<>(draft.result());
    }

    /** Thrown inside this package only, to leave an operation. */
    @SuppressWarnings("serial")
    static final class RefusedException extends RuntimeException {
        final transient Rejection rejection;

        RefusedException(Rejection rejection) {
            super(rejection.reason(), null, false, false);
            this.rejection = rejection;
        }
    }
}
