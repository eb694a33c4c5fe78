package io.worldweave.filestore.world;

import io.worldweave.domain.user.UserId;
import io.worldweave.domain.user.UserToken;
import io.worldweave.domain.world.WorldId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where in a data directory each world lives. Distinct worlds live in distinct folders. */
record WorldFolders(Path data) {
    /** File systems take names of 255 bytes; longer tokens are cut and told apart by a digest. */
    private static final int NAME_LIMIT = 200;

    static final String PROFILE = "_profile";
    private static final int KEPT_OF_A_LONG_NAME = 100;

    Path of(WorldId world) {
        return switch (world) {
            case WorldId.Shared shared ->
                    data.resolve("worlds").resolve(shared.experience().value());
            case WorldId.Isolated isolated ->
                    player(isolated.owner()).resolve(isolated.experience().value());
            case WorldId.Profile profile -> player(profile.owner()).resolve(PROFILE);
        };
    }

    /** Returns where the copy of a player's own part of that world lives. */
    Path ofPart(WorldId world, UserId player) {
        return switch (world) {
            case WorldId.Shared shared -> player(player).resolve(shared.experience().value());
            case WorldId.Isolated isolated -> player(player).resolve(isolated.experience().value());
            case WorldId.Profile _ -> player(player).resolve(PROFILE);
        };
    }

    private Path player(UserId user) {
        String token = UserToken.encode(user);
        return data.resolve("players").resolve(token.length() <= NAME_LIMIT ? token : cut(token));
    }

    /** No token holds a tilde, so a name that was cut is no other user's token. */
    private static String cut(String token) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.US_ASCII));
            return token.substring(0, KEPT_OF_A_LONG_NAME) + "~" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
