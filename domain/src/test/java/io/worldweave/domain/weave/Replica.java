package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PersistentMap;
import io.worldweave.domain.live.View;
import io.worldweave.domain.presence.PresenceEvent;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldState;
import io.worldweave.domain.zone.Zones;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client as the protocol describes it: keeps what its snapshot said, applies what continues its
 * version, and fails the test when a stream gives it anything else.
 */
public final class Replica {
    private final View view;
    private @Nullable WorldState state;
    private @Nullable Cursor cursor;
    private final StringBuilder text = new StringBuilder();
    private final List<TurnEvent> events = new ArrayList<>();
    private final Set<UserId> others = new LinkedHashSet<>();
    private final List<PresenceEvent> met = new ArrayList<>();
    private int updates;
    private int snapshots;

    /** Begins with nothing: the first thing must be a snapshot. */
    public Replica(UserId user) {
        this(new View.World(user));
    }

    /** Begins with nothing: the first thing must be a snapshot of the view. */
    public Replica(View view) {
        this.view = view;
    }

    /** Begins with what the client of a turn's stream already has. */
    public Replica(UserId user, WorldState known) {
        this.view = new View.World(user);
        this.state = visible(known);
    }

    /** Takes a frame as a client does. */
    public void take(Frame frame) {
        switch (frame) {
            case Frame.Snapshot snapshot -> {
                assertThat(snapshot.view()).isEqualTo(view);
                String before = state == null ? null : zone();
                state = visible(snapshot.state());
                if (!Objects.equals(before, zone())) {
                    others.clear();
                }
                cursor = snapshot.cursor();
                snapshots++;
            }
            case Frame.WorldUpdate update -> {
                apply(update);
                cursor = update.cursor();
                updates++;
            }
            case Frame.Said said -> {
                assertThat(events)
                        .as("nothing follows the turn's end")
                        .noneMatch(TurnEvent.Done.class::isInstance);
                events.add(said.event());
                if (said.event() instanceof TurnEvent.Content(String chunk)) {
                    text.append(chunk);
                }
                cursor = said.cursor();
            }
            case Frame.Presence presence -> meet(presence.event());
            case Frame.Outside _, Frame.Heartbeat _, Frame.Closing _ -> {}
        }
    }

    /** Takes all that the stream has to give now. */
    public void takeAll(Subscription stream) {
        Frame frame;
        while ((frame = stream.poll()) != null) {
            take(frame);
        }
    }

    private void apply(Frame.WorldUpdate update) {
        WorldState local = state();
        assertThat(update.base())
                .as("base_version continues the client's version (I2)")
                .isEqualTo(local.revision());
        long version = update.cursor().world().revision();
        assertThat(version).as("versions rise (I2)").isGreaterThan(update.base());
        List<Change> changes = update.projection().changes();
        for (Change change : changes) {
            assertThat(change.part())
                    .as("a viewer is shown its own part only (I7)")
                    .isIn(Part.SHARED, Part.own(user()));
            assertShown(change);
        }
        Edit<WorldState> edit =
                local.apply(
                        new Delta(local.revision(), new Actor.Service("test"), "test", 0, changes));
        assertThat(edit)
                .as("the changes apply to what the client has")
                .isInstanceOf(Edit.Applied.class);
        WorldState after = ((Edit.Applied<WorldState>) edit).result();
        state = new WorldState(update.cursor().world(), after.shared(), after.players());
    }

    /** A zone view's client has its zone alone: what is told of another means nothing to it. */
    private void assertShown(Change change) {
        if (view instanceof View.Zone && change.part() instanceof Part.Shared) {
            List<String> zone = List.of("locations", String.valueOf(zone()));
            assertThat(change.pointer().tokens())
                    .hasSizeGreaterThan(2)
                    .startsWith(zone.toArray(String[]::new));
        }
    }

    /** Returns the zone that the client has been given; null if none. */
    public @Nullable String zone() {
        return Zones.of(state(), user());
    }

    private WorldState visible(WorldState world) {
        PersistentMap<Document> own = PersistentMap.empty();
        Document mine = world.own(user());
        return new WorldState(
                world.position(),
                new Document(shared(world), 0),
                mine == null ? own : own.with(user().value(), mine));
    }

    private JsonObject shared(WorldState world) {
        return switch (view) {
            case View.World _ -> world.shared().content();
            case View.Zone(UserId viewer) -> {
                String zone = Zones.of(world, viewer);
                JsonObject content = zone == null ? null : Zones.find(world, zone);
                yield content == null
                        ? JsonObject.EMPTY
                        : JsonObject.of(Zones.LOCATIONS, JsonObject.of(zone, content));
            }
        };
    }

    /** Fails unless this client sees what {@code world} shows it. */
    public void assertSees(WorldState world) {
        assertThat(shared()).isEqualTo(shared(world));
        assertThat(own()).isEqualTo(content(world.own(user())));
    }

    public UserId user() {
        return view.viewer();
    }

    public View view() {
        return view;
    }

    public JsonObject shared() {
        return state().shared().content();
    }

    public @Nullable JsonObject own() {
        return content(state().own(user()));
    }

    public Position version() {
        return state().position();
    }

    public @Nullable Cursor cursor() {
        return cursor;
    }

    public String text() {
        return text.toString();
    }

    public List<TurnEvent> events() {
        return events;
    }

    private void meet(PresenceEvent event) {
        met.add(event);
        assertThat(event.zone()).as("others are in the zone that is shown").isEqualTo(zone());
        boolean news =
                event.kind() == PresenceEvent.Kind.JOIN
                        ? others.add(event.user())
                        : others.remove(event.user());
        assertThat(news).as("told once: %s", event).isTrue();
    }

    /** Returns who is in the zone too, as this client was told. */
    public Set<UserId> others() {
        return others;
    }

    /** Returns who came and went, as this client was told. */
    public List<PresenceEvent> met() {
        return met;
    }

    public int updates() {
        return updates;
    }

    public int snapshots() {
        return snapshots;
    }

    private WorldState state() {
        if (state == null) {
            throw new AssertionError("the client has no state yet");
        }
        return state;
    }

    private static @Nullable JsonObject content(@Nullable Document document) {
        return document == null ? null : document.content();
    }
}
