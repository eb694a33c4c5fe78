package io.worldweave.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Seeds;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.Role;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plays an experience: decides requests one after the other and applies what they change.
 *
 * <p>Not thread-safe: belongs to one test.
 */
public final class Play {
    public static final Identity ALICE = player("alice");
    public static final Identity BOB = player("bob");
    public static final Identity ADMIN = new Identity(new UserId("admin"), Set.of(Role.ADMIN));

    private final Experience experience;
    private final Commands commands = new Commands();
    private WorldState state;
    private Decision last;

    public Play(Experience experience) {
        this.experience = experience;
        this.state = WorldState.initial("epoch", Seeds.world(experience));
        this.last = Decision.of(say(ALICE, "help"));
    }

    public static Identity player(String name) {
        return new Identity(new UserId(name), Set.of(Role.PLAYER));
    }

    public ActionResult say(Identity who, String message) {
        return run(who, new Request.Spoken(message));
    }

    public ActionResult act(Identity who, String action, String... namesAndValues) {
        JsonObject arguments = JsonObject.EMPTY;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            arguments = arguments.with(namesAndValues[i], Json.of(namesAndValues[i + 1]));
        }
        return run(who, new Request.Structured(action, arguments));
    }

    ActionResult run(Identity who, Request request) {
        last = commands.decide(experience, state, who, request);
        if (!last.changes().isEmpty()) {
            apply(Actor.of(who.user()), last.changes());
        }
        return last.result();
    }

    /** Changes the world from outside. */
    public void change(Change change) {
        apply(new Actor.Service("test"), List.of(change));
    }

    private void apply(Actor actor, List<Change> changes) {
        Delta delta = new Delta(state.revision(), actor, "command", 0, changes);
        Edit<WorldState> edit = state.apply(delta);
        assertThat(edit).as("%s", changes).isInstanceOf(Edit.Applied.class);
        if (edit instanceof Edit.Applied<WorldState> applied) {
            state = applied.result();
        }
    }

    public Decision last() {
        return last;
    }

    public WorldState state() {
        return state;
    }

    public @Nullable Json shared(String pointer) {
        return Pointer.parse(pointer).in(state.shared().content());
    }

    public @Nullable Json own(Identity who, String pointer) {
        Document own = state.document(Part.own(who.user()));
        return own == null ? null : Pointer.parse(pointer).in(own.content());
    }
}
