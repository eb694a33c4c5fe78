package io.worldweave.domain.broken;

import io.worldweave.app.Readiness;

/** Knows what should know it. */
public final class KnowsAnAdapter {
    Readiness readiness = new Readiness();
}
