package io.worldweave.app.security;

import io.worldweave.app.config.InvalidSettingException;
import io.worldweave.app.config.Settings;
import io.worldweave.domain.user.UserId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Who is let in: what knows credentials, in the order in which it is asked.
 *
 * @param developmentKeys whether the keys that everybody knows work for now
 */
public record Access(List<Authenticator> authenticators, boolean developmentKeys) {
    public Access {
        authenticators = List.copyOf(authenticators);
    }

    /** Returns whether somebody could prove now to be that user. */
    public boolean knows(UserId user) {
        return authenticators.stream().anyMatch(authenticator -> authenticator.knows(user));
    }

    /**
     * Returns what the settings say.
     *
     * @throws InvalidSettingException if others than this machine could reach the service, and
     *     nobody has a key to it
     * @throws InvalidCredentialsException if the file of keys is malformed
     */
    public static Access of(Settings settings, LongSupplier nanoTime) {
        Path path = settings.access().credentials();
        CredentialsFile file = new CredentialsFile(path, nanoTime);
        if (settings.access().configuredCredentials().isPresent() && !file.isPresent()) {
            throw new InvalidSettingException(
                    "worldweave.credentials.file is " + path + ", and there is no such file.");
        }
        List<Authenticator> authenticators = new ArrayList<>(List.of(file));
        boolean loopback = Loopback.isLoopback(settings.http().host());
        if (loopback) {
            authenticators.add(new DevelopmentKeys(() -> !file.isPresent()));
        } else if (!file.isPresent()) {
            throw new InvalidSettingException(
                    "worldweave.http.host is \""
                            + settings.http().host()
                            + "\", which others than this machine can reach, and there are no"
                            + " credentials. Make a key as docs/adr/0005-credentials-are-hashed-keys.md says and put its"
                            + " line into "
                            + path
                            + ", or listen at localhost.");
        }
        return new Access(authenticators, loopback && !file.isPresent());
    }
}
