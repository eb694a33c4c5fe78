package io.worldweave.domain.patch;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.patch.JsonPatch.RefusedException;
import io.worldweave.domain.world.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * A document while a {@link JsonPatch} changes it. Not thread-safe: of one application.
 *
 * <p>What operations lead through is opened, once, as something that can be changed in place; the
 * rest stays the value that it was.
 */
final class Draft {
    /** A patch copies at most so many values and characters. */
    static final int COPY_LIMIT = 1_000_000;

    private Piece root;
    private int copied;

    Draft(Json document) {
        this.root = new Piece.Whole(document);
    }

    Json result() {
        return root.value();
    }

    void apply(Operation operation) {
        switch (operation) {
            case Operation.Add(Pointer path, Json value) -> add(path, new Piece.Whole(value));
            case Operation.Remove(Pointer path) -> remove(path);
            case Operation.Replace(Pointer path, Json value) -> replace(path, value);
            case Operation.Move(Pointer from, Pointer path) -> move(from, path);
            case Operation.Copy(Pointer from, Pointer path) -> add(path, copy(from));
            case Operation.Expect(Pointer path, Json value) -> test(path, value);
        }
    }

    private void add(Pointer path, Piece piece) {
        if (path.isRoot()) {
            root = piece;
        } else {
            parent(path).add(path.last(), piece, path);
        }
    }

    private Piece remove(Pointer path) {
        if (path.isRoot()) {
            throw refused(new Rejection.WrongKind(path, "the whole document cannot be removed"));
        }
        get(path);
        return parent(path).remove(path.last());
    }

    private void replace(Pointer path, Json value) {
        if (path.isRoot()) {
            root = new Piece.Whole(value);
        } else {
            get(path);
            parent(path).set(path.last(), new Piece.Whole(value));
        }
    }

    private void move(Pointer from, Pointer path) {
        Piece piece = get(from);
        if (from.equals(path)) {
            return;
        }
        if (from.covers(path)) {
            throw refused(new Rejection.WrongKind(path, "nothing can be moved into itself"));
        }
        remove(from);
        add(path, piece);
    }

    private Piece copy(Pointer from) {
        Json value = get(from).value();
        copied += Weight.upTo(COPY_LIMIT - copied, value);
        if (copied >= COPY_LIMIT) {
            throw refused(
                    new Rejection.TooLarge(
                            from,
                            "a patch copies at most " + COPY_LIMIT + " values and characters"));
        }
        return new Piece.Whole(value);
    }

    private void test(Pointer path, Json value) {
        Piece piece = find(path);
        if (piece == null || !piece.isSameAs(value)) {
            throw refused(new Rejection.Different(path));
        }
    }

    private Piece get(Pointer path) {
        Piece piece = find(path);
        if (piece == null) {
            throw refused(new Rejection.Missing(path));
        }
        return piece;
    }

    private @Nullable Piece find(Pointer path) {
        if (path.isRoot()) {
            return root;
        }
        return parent(path).get(path.last());
    }

    /** Returns what holds the place, opened. */
    private Opened parent(Pointer path) {
        Opened at = opened(root, path);
        root = at;
        for (String token : path.tokens().subList(0, path.depth() - 1)) {
            Piece inner = at.get(token);
            if (inner == null) {
                throw refused(new Rejection.Missing(path));
            }
            Opened next = opened(inner, path);
            at.set(token, next);
            at = next;
        }
        return at;
    }

    private static Opened opened(Piece piece, Pointer path) {
        Opened opened = Opened.of(piece);
        if (opened == null) {
            throw refused(
                    new Rejection.WrongKind(
                            path, "what holds it is neither an object nor an array"));
        }
        return opened;
    }

    private static RefusedException refused(Rejection rejection) {
        return new RefusedException(rejection);
    }
}
