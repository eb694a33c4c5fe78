package io.worldweave.filestore.content;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.worldweave.domain.content.Schedule;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Times as a line of cron gives them: minute, hour, day of month, month, day of week, by the clocks
 * of a time zone. An hour that these skip or repeat is handled as cron does.
 */
record CronTimes(String line, ZoneId zone) implements Schedule.Times {
    private static final CronParser PARSER =
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    CronTimes {
        var _ = PARSER.parse(line).validate();
    }

    @Override
    public long after(long unixMillis) {
        return ExecutionTime.forCron(PARSER.parse(line))
                .nextExecution(Instant.ofEpochMilli(unixMillis).atZone(zone))
                .map(time -> time.toInstant().toEpochMilli())
                .orElse(NEVER);
    }
}
