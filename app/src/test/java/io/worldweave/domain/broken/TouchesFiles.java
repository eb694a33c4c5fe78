package io.worldweave.domain.broken;

import java.nio.file.Path;

/** Knows that there are files. */
public final class TouchesFiles {
    Path path = Path.of("world.json");
}
