package io.worldweave.narrator;

import java.net.URI;

/**
 * Which models narrate, and how far they are let.
 *
 * @param key may be empty where the model needs none
 * @param model for conversation
 * @param quickModel for what a command did
 * @param answerTokens so long an answer is at most
 * @param connections so many answers are read at once; one more counts as a busy model
 */
public record ModelSettings(
        Vendor vendor,
        URI url,
        String key,
        String model,
        String quickModel,
        int answerTokens,
        int connections) {

    public ModelSettings {
        if (model.isBlank() || quickModel.isBlank()) {
            throw new IllegalArgumentException("a model has a name");
        }
        if (answerTokens < 1 || connections < 1) {
            throw new IllegalArgumentException(
                    "limits are positive: " + answerTokens + ", " + connections);
        }
        if (!key.chars().allMatch(character -> character > ' ' && character < 0x7F)) {
            throw new IllegalArgumentException("a key has letters, digits and signs of ASCII only");
        }
    }

    /** Returns these settings without the key. */
    @Override
    public String toString() {
        return vendor + " at " + url + ": " + model + ", " + quickModel;
    }
}
