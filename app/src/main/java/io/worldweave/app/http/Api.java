package io.worldweave.app.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;

/** The HTTP interface, from the root of the server. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Worldweave",
                        version = "0.1",
                        description = "World updates and narrative, in one stream per player.",
                        license = @License(name = "Apache-2.0")))
@ApplicationPath("/")
public class Api extends Application {}
