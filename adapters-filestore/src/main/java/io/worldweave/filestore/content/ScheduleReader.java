package io.worldweave.filestore.content;

import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Schedule;
import io.worldweave.domain.content.Schedule.Step;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.MergeForm;
import io.worldweave.domain.world.Part;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the schedules of an experience, each a file of its own. */
final class ScheduleReader {
    private static final int STEPS_LIMIT = 1_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Set<String> KINDS = Set.of("merge", "move", "command");
    private static final Pointer RESERVED = Pointer.of("metadata");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Experience experience;
    private final Instances instances;

    /**
     * @param experience what else it is made of
     * @param instances of its world
     */
    ScheduleReader(Experience experience, Instances instances) {
        this.experience = experience;
        this.instances = instances;
    }

    /** Returns the schedule; null after saying what is wrong with it. */
    @Nullable Schedule read(Members schedule) {
        String id = ContentFiles.nameOf(schedule.file());
        if (!NAME.matcher(id).matches()) {
            schedule.wrong("", "is not named with 1 to 64 of A-Z a-z 0-9 _ -");
        }
        Schedule.Times times = times(schedule);
        List<Step> steps = new ArrayList<>();
        for (Members step : schedule.objects("steps")) {
            Step read = step(step);
            if (read != null) {
                steps.add(read);
            }
        }
        if (steps.isEmpty() || steps.size() > STEPS_LIMIT) {
            schedule.wrong("steps", "is no list of 1 to " + STEPS_LIMIT + " steps");
            return null;
        }
        if (times instanceof CronTimes && steps.size() > 1) {
            schedule.wrong("steps", "are in turn with 'every' only; with 'cron' there is one");
        }
        return times == null ? null : new Schedule(id, times, steps);
    }

    private static Schedule.@Nullable Times times(Members schedule) {
        String every = schedule.optionalText("every");
        String cron = schedule.optionalText("cron");
        if ((every == null) == (cron == null)) {
            schedule.wrong("every", "or 'cron' says when, and one of them only");
            return null;
        }
        return every == null
                ? cron(schedule, Objects.requireNonNull(cron))
                : every(schedule, every);
    }

    private static Schedule.@Nullable Times every(Members schedule, String text) {
        try {
            Duration interval = Duration.parse(text);
            if (interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0) {
                return new Schedule.Every(interval.toMillis());
            }
        } catch (DateTimeException none) {
            // said below
        }
        schedule.wrong("every", "'" + text + "' is no duration from PT1S to PT8784H");
        return null;
    }

    private static Schedule.@Nullable Times cron(Members schedule, String line) {
        String name = schedule.optionalText("time_zone");
        ZoneId zone = ZoneOffset.UTC;
        try {
            zone = name == null ? zone : ZoneId.of(name);
        } catch (DateTimeException none) {
            schedule.wrong("time_zone", "'" + name + "' is no time zone, such as Europe/Paris");
        }
        try {
            Schedule.Times times = new CronTimes(line, zone);
            if (times.after(0) != Schedule.Times.NEVER) {
                return times;
            }
            schedule.wrong("cron", "'" + line + "' is a time that never comes");
        } catch (IllegalArgumentException none) {
            schedule.wrong("cron", "'" + line + "' is none: " + none.getMessage());
        }
        return null;
    }

    private @Nullable Step step(Members step) {
        List<String> kinds = step.object().names().stream().filter(KINDS::contains).toList();
        if (kinds.size() != 1 || step.object().size() != 1) {
            step.wrong("merge", "or 'move' or 'command' stands here, and nothing else");
            return null;
        }
        return switch (kinds.getFirst()) {
            case "merge" -> merge(step);
            case "move" -> move(step.object("move"));
            default -> command(step);
        };
    }

    private Step merge(Members step) {
        JsonObject form = step.object("merge").object();
        Edit<List<Change>> tried = MergeForm.changes(Part.SHARED, experience.authoredWorld(), form);
        if (tried instanceof Edit.Applied<List<Change>>(List<Change> changes)
                && changes.stream().anyMatch(change -> RESERVED.covers(change.pointer()))) {
            step.wrong("merge", "'metadata' belongs to the service");
        }
        return new Step.Merge(form);
    }

    private Step move(Members move) {
        String instanceId = move.text("instance_id");
        if (!instances.has(instanceId)) {
            move.wrong("instance_id", "the world has nothing of the id '" + instanceId + "'");
        }
        String zone = move.text("zone");
        String area = move.text("area");
        String spot = move.text("spot");
        Pointer place = Pointer.of("locations", zone, "areas", area, "spots", spot);
        if (place.in(experience.authoredWorld()) == null) {
            move.wrong("spot", "the world has no such spot: " + zone + ", " + area + ", " + spot);
        }
        return new Step.Move(instanceId, zone, area, spot);
    }

    private Step command(Members step) {
        String command = step.text("command");
        if (new Commands().actionOf(experience, new Request.Spoken(command)) == null) {
            step.wrong("command", "'" + command + "' is none that is installed");
        }
        return new Step.Run(command);
    }
}
