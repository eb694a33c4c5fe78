package io.worldweave.domain.broken;

import jakarta.enterprise.context.ApplicationScoped;

/** Belongs to a container. */
@ApplicationScoped
public class UsesTheContainer {}
