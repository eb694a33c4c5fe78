package io.worldweave.domain.play;

import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Decision;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Schedule;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.Proposal;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.Role;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule comes to in a state of the world. It changes the shared document and no player's
 * part.
 */
record Happening(Experience experience, Schedule schedule, Commands commands) {
    private static final String CAUSE = "schedule";

    static final Actor ACTOR = new Actor.Service(CAUSE);

    /** Who runs the commands of schedules. */
    private static final Identity NOBODY =
            new Identity(new UserId("worldweave:schedule"), Set.of(Role.ADMIN));

    private static final List<String> LISTS = List.of("items", "npcs");

    /** Returns what one time of the schedule is called, on every node. */
    IdempotencyKey key(long atMillis) {
        return new IdempotencyKey(NOBODY.user(), schedule.id() + " at " + atMillis);
    }

    /**
     * Returns what is to be committed at a time; its result is why nothing is, if that is wrong.
     */
    Proposal<Optional<Rejection>> proposal(WorldState state, long atMillis) {
        return switch (changes(state, schedule.stepAt(atMillis))) {
            case Edit.Refused<List<Change>>(Rejection rejection) -> nothing(rejection);
            case Edit.Applied<List<Change>>(List<Change> changes) when changes.isEmpty() ->
                    nothing(null);
            case Edit.Applied<List<Change>>(List<Change> changes) -> {
                Rejection breach = Publishers.breach(experience, state, changes);
                Receipt receipt = new Receipt(key(atMillis), CAUSE, JsonObject.EMPTY);
                yield breach == null
                        ? new Proposal<>(changes, cause(), Optional.empty(), receipt)
                        : nothing(breach);
            }
        };
    }

    private Proposal<Optional<Rejection>> nothing(@Nullable Rejection why) {
        return new Proposal<>(List.of(), cause(), Optional.ofNullable(why));
    }

    private String cause() {
        return CAUSE + ":" + schedule.id();
    }

    /** Returns the changes of the step; none if nothing is to change. */
    private Edit<List<Change>> changes(WorldState state, Schedule.Step step) {
        return switch (step) {
            case Schedule.Step.Merge(JsonObject form) ->
                    Publishers.changes(
                            experience, state.shared().content(), new Update.Merged(form));
            case Schedule.Step.Move move -> new Edit.Applied<>(moved(state, move));
            case Schedule.Step.Run(String command) -> ran(state, command);
        };
    }

    /** A command that would give something to nobody is refused: it would be gone. */
    private Edit<List<Change>> ran(WorldState state, String command) {
        Decision decision = commands.decide(experience, state, NOBODY, new Request.Spoken(command));
        List<Change> shared = new ArrayList<>();
        for (Change change : decision.changes()) {
            if (change.part() instanceof Part.Shared) {
                shared.add(change);
            } else if (!isEntering(change)) {
                return refused(change.pointer(), "nobody is there to whom this could happen");
            }
        }
        return decision.result().success()
                ? new Edit.Applied<>(List.copyOf(shared))
                : refused(Pointer.ROOT, decision.result().message());
    }

    private static boolean isEntering(Change change) {
        return change.part().equals(Part.own(NOBODY.user()))
                && change instanceof Change.Add
                && change.pointer().isRoot();
    }

    private static Edit<List<Change>> refused(Pointer pointer, String reason) {
        return new Edit.Refused<>(new Rejection.WrongKind(pointer, reason));
    }

    private static List<Change> moved(WorldState state, Schedule.Step.Move move) {
        JsonObject world = state.shared().content();
        Pointer spot = spot(move.zone(), move.area(), move.spot());
        Pointer from = find(world, move.instanceId());
        if (from == null
                || !(spot.in(world) instanceof JsonObject)
                || from.parent().parent().equals(spot)
                || !(from.in(world) instanceof JsonObject thing)) {
            return List.of();
        }
        Pointer to = spot.child(from.parent().last());
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Remove(Part.SHARED, from));
        if (!(to.in(world) instanceof JsonCollection) && !JsonArray.EMPTY.equals(to.in(world))) {
            changes.add(new Change.Add(Part.SHARED, to, JsonArray.EMPTY));
        }
        changes.add(new Change.Add(Part.SHARED, to.child(move.instanceId()), thing));
        return changes;
    }

    /** Returns where in the spots the thing or character stands; null if nowhere. */
    private static @Nullable Pointer find(JsonObject world, String instanceId) {
        JsonObject zones = world.object("locations");
        for (String zone : zones.names()) {
            JsonObject areas = zones.object(zone).object("areas");
            for (String area : areas.names()) {
                JsonObject spots = areas.object(area).object("spots");
                for (String spot : spots.names()) {
                    for (String list : LISTS) {
                        if (spots.object(spot).get(list) instanceof JsonCollection things
                                && things.get(instanceId) != null) {
                            return spot(zone, area, spot).child(list).child(instanceId);
                        }
                    }
                }
            }
        }
        return null;
    }

    private static Pointer spot(String zone, String area, String spot) {
        return Pointer.of("locations", zone, "areas", area, "spots", spot);
    }
}
