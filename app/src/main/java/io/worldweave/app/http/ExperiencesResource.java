package io.worldweave.app.http;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Experiences;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which experiences there are. */
@Dependent
@Path("/experiences")
@Tag(name = "Experiences")
public class ExperiencesResource {
    @Inject Experiences experiences;

    /**
     * An experience in a list.
     *
     * @param stateModel {@code shared} or {@code isolated}
     */
    public record Summary(
            String id,
            String name,
            String version,
            String description,
            @JsonbProperty("state_model") String stateModel) {
        static Summary of(Experience experience) {
            return new Summary(
                    experience.id().value(),
                    experience.name(),
                    experience.version(),
                    experience.config().text("description", ""),
                    experience.model().name().toLowerCase(Locale.ROOT));
        }
    }

    /** All experiences, in the order of their ids. */
    public record Listing(List<Summary> experiences) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The installed experiences")
    public Listing list() {
        return new Listing(experiences.all().stream().map(Summary::of).toList());
    }
}
