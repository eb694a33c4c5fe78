package io.worldweave.app.start;

import io.worldweave.app.config.InvalidSettingException;
import io.worldweave.app.config.Secret;
import io.worldweave.app.config.Settings;
import io.worldweave.narrator.ModelNarrator;
import io.worldweave.narrator.ModelSettings;
import io.worldweave.narrator.Vendor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Makes narrators of the settings of models. */
final class Models {
    private Models() {}

    /**
     * Returns the narrator.
     *
     * @throws InvalidSettingException if what it needs is not set; the key is never repeated
     */
    static ModelNarrator narrator(Vendor vendor, Settings.Model model) {
        String name = vendor.name().toLowerCase(Locale.ROOT);
        String large =
                model.name()
                        .orElseThrow(() ->
                                new InvalidSettingException(
                                        "worldweave.narrator is \""
                                                + name
                                                + "\", and worldweave.narrator.model does not say"
                                                + " which model."));
        String key = key(model);
        if (vendor == Vendor.ANTHROPIC && key.isEmpty()) {
            throw new InvalidSettingException(
                    "worldweave.narrator is \""
                            + name
                            + "\", which needs worldweave.narrator.key or"
                            + " worldweave.narrator.key-file.");
        }
        try {
            return new ModelNarrator(
                    new ModelSettings(
                            vendor,
                            model.url().orElse(vendor.standardUrl()),
                            key,
                            large,
                            model.quickName().orElse(large),
                            model.answerTokens(),
                            model.connections()));
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSettingException(
                    "The settings of worldweave.narrator cannot be used: " + wrong.getMessage());
        }
    }

    private static String key(Settings.Model model) {
        if (model.key().isPresent()) {
            return model.key().map(Secret::reveal).get();
        }
        return model.keyFile().map(Models::firstLine).orElse("");
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("").strip();
        } catch (IOException | java.io.UncheckedIOException failure) {
            throw new InvalidSettingException(
                    "worldweave.narrator.key-file is " + file + ", which cannot be read.");
        }
    }
}
