package io.worldweave.filestore.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.worldweave.domain.content.Schedule;
import io.worldweave.domain.content.Schedule.Step;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleReaderTest {
    @TempDir Path folder;
    private Garden garden;

    @BeforeEach
    void writeTheGarden() {
        garden = Garden.in(folder);
    }

    private Schedule read(String text) {
        garden.write("schedules/light.json", text);
        return Objects.requireNonNull(
                Objects.requireNonNull(experiences().find(Garden.ID)).schedules().get("light"));
    }

    private FileExperiences experiences() {
        return new FileExperiences(folder, Garden.ACTIONS, reread -> {});
    }

    @Test
    void stepsFollowEachOtherAtEqualDistances() {
        Schedule schedule =
                read(
                        """
                        {"description": "for authors", "every": "PT1M", "steps": [
                          {"merge": {"time_of_day": "day"}},
                          {"move": {"instance_id": "gardener_1", "zone": "garden", "area": "gate",
                                    "spot": "spot_1"}},
                          {"command": "@spawn silver_key at gate"}]}
                        """);

        assertThat(schedule.steps())
                .containsExactly(
                        new Step.Merge(JsonObject.of("time_of_day", Json.of("day"))),
                        new Step.Move("gardener_1", "garden", "gate", "spot_1"),
                        new Step.Run("@spawn silver_key at gate"));
        assertThat(schedule.times().after(60_000)).isEqualTo(120_000);
        assertThat(schedule.times().after(59_999)).isEqualTo(60_000);
        assertThat(List.of(schedule.stepAt(0), schedule.stepAt(60_000), schedule.stepAt(180_000)))
                .containsExactly(
                        schedule.steps().get(0), schedule.steps().get(1), schedule.steps().get(0));
    }

    @Test
    void aLineOfCronGoesByTheClocksOfItsTimeZone() {
        Schedule schedule =
                read(
                        """
                        {"cron": "30 6 * * *", "time_zone": "Europe/Paris",
                         "steps": [{"merge": {"time_of_day": "morning"}}]}
                        """);

        assertThat(after(schedule, "2026-01-10T00:00:00Z")).isEqualTo("2026-01-10T05:30:00Z");
        assertThat(after(schedule, "2026-01-10T05:30:00Z")).isEqualTo("2026-01-11T05:30:00Z");
        assertThat(after(schedule, "2026-07-10T00:00:00Z")).isEqualTo("2026-07-10T04:30:00Z");
    }

    @Test
    void withoutATimeZoneItIsThatOfNobody() {
        Schedule schedule = read("{\"cron\": \"0 0 1 1 *\", \"steps\": [{\"command\": \"take\"}]}");

        assertThat(after(schedule, "2026-01-01T00:00:00Z")).isEqualTo("2027-01-01T00:00:00Z");
        assertThat(schedule)
                .isEqualTo(read("{\"cron\":\"0 0 1 1 *\",\"steps\":[{\"command\":\"take\"}]}"));
    }

    private static String after(Schedule schedule, String time) {
        long next = schedule.times().after(Instant.parse(time).toEpochMilli());
        return Instant.ofEpochMilli(next).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}|every: or 'cron' says when",
                "{\"every\": \"PT1M\", \"cron\": \"* * * * *\", \"steps\": [{\"command\": \"take\"}]}|every: or 'cron'",
                "{\"every\": \"PT0.5S\", \"steps\": [{\"command\": \"take\"}]}|every: 'PT0.5S' is no duration",
                "{\"every\": \"soon\", \"steps\": [{\"command\": \"take\"}]}|every: 'soon' is no duration",
                "{\"cron\": \"every day\", \"steps\": [{\"command\": \"take\"}]}|cron: 'every day' is none",
                "{\"cron\": \"61 * * * *\", \"steps\": [{\"command\": \"take\"}]}|cron: '61 * * * *' is none",
                "{\"cron\": \"* * * * *\", \"time_zone\": \"Mars\", \"steps\": [{\"command\": \"take\"}]}|time_zone: 'Mars'",
                "{\"cron\": \"* * * * *\", \"steps\": [{\"command\": \"take\"}, {\"command\": \"take\"}]}|steps: are in turn with 'every'",
                "{\"every\": \"PT1M\", \"steps\": []}|steps: is no list",
                "{\"every\": \"PT1M\", \"steps\": [{}]}|steps[0].merge: or 'move'",
                "{\"every\": \"PT1M\", \"steps\": [{\"command\": \" \"}]}|steps[0].command: is no text",
                "{\"every\": \"PT1M\", \"steps\": [{\"command\": \"take\", \"merge\": {}}]}|steps[0].merge: or 'move'",
                "{\"every\": \"PT1M\", \"steps\": [{\"move\": {\"instance_id\": \"a\", \"zone\": \"sea\", \"area\": \"a\", \"spot\": \"s\"}}]}|steps[0].move.spot: the world has no such spot",
                "{\"every\": \"PT1M\", \"steps\": [{\"move\": {\"instance_id\": \"nobody\", \"zone\": \"garden\", \"area\": \"gate\", \"spot\": \"spot_1\"}}]}|steps[0].move.instance_id: the world has nothing of the id 'nobody'",
                "{\"every\": \"PT1M\", \"steps\": [{\"command\": \"juggle\"}]}|steps[0].command: 'juggle' is none that is installed",
                "{\"every\": \"PT1M\", \"steps\": [{\"merge\": {\"metadata._version\": 9}}]}|steps[0].merge: 'metadata' belongs to the service",
                "{\"cron\": \"0 0 31 2 *\", \"steps\": [{\"command\": \"take\"}]}|cron: '0 0 31 2 *' is a time that never comes",
                "[]|the value is no object",
            })
    void whatIsWrongIsSaid(String text, String message) {
        garden.write("schedules/light.json", text);

        assertThatExceptionOfType(InvalidExperienceException.class)
                .isThrownBy(this::experiences)
                .withMessageContaining("moon-garden/schedules/light.json: ")
                .withMessageContaining(message);
    }

    @Test
    void whatIsWrongIsSaidWithItsLine() {
        garden.write(
                "schedules/light.json",
                """
                {"every": "PT1M",
                 "steps": [
                   {"command": "take"},
                   {"command": "juggle"}]}
                """);

        assertThatExceptionOfType(InvalidExperienceException.class)
                .isThrownBy(this::experiences)
                .withMessageContaining("light.json: steps[1].command")
                .withMessageContaining("(line 4)");
    }

    @Test
    void aTimeThatTheClocksSkipDoesNotComeAndOneThatTheyRepeatComesOnce() {
        Schedule schedule =
                read(
                        """
                        {"cron": "30 2 * * *", "time_zone": "Europe/Paris",
                         "steps": [{"command": "take"}]}
                        """);

        assertThat(after(schedule, "2026-03-28T12:00:00Z")).isEqualTo("2026-03-30T00:30:00Z");
        assertThat(after(schedule, "2026-10-24T12:00:00Z")).isEqualTo("2026-10-25T00:30:00Z");
        assertThat(after(schedule, "2026-10-25T00:30:00Z")).isEqualTo("2026-10-26T01:30:00Z");
    }
}
