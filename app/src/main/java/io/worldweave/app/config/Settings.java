package io.worldweave.app.config;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.play.Talks;
import io.worldweave.domain.presence.PresenceLimits;
import io.worldweave.domain.turn.BriefRule;
import io.worldweave.domain.turn.NarratorLimits;
import io.worldweave.domain.turn.Pace;
import io.worldweave.domain.turn.TurnLimits;
import io.worldweave.domain.weave.WeaveLimits;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.filestore.world.KeptHistory;
import io.worldweave.nats.NatsSettings;
import io.worldweave.websocket.AllowedOrigins;
import io.worldweave.websocket.SessionLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** Every setting as it is in force: read once, at the start, and checked. */
public record Settings(
        Http http,
        Content content,
        Adapters adapters,
        Access access,
        Pace pace,
        Narrator narrator,
        TurnLimits turns,
        int playerRate,
        WeaveLimits streams,
        SessionLimits sessions,
        AllowedOrigins origins,
        LiveLimits worlds,
        Zones zones,
        NatsSettings nats,
        NatsSettings.Stream stream) {

    /**
     * How the service is reached and left.
     *
     * @param bodyBytes longest body of a request
     * @param restoreBytes longest backup that is restored
     * @param requestsPerUser how many requests of one user may be under way at once
     * @param drain how long a stop waits for streams to say goodbye
     */
    public record Http(
            String host,
            int port,
            int bodyBytes,
            int restoreBytes,
            int requestsPerUser,
            Duration drain) {}

    /**
     * What is played.
     *
     * @param data directory of all that the service keeps
     * @param standard the experience of a message that names none
     * @param refresh how often edited experiences are looked for
     * @param editsKept of how many edits of an experience it is known what became of them
     * @param writeBehind how often the file store writes what no commit waits for
     * @param history what is kept of each world's past
     * @param git whether the file store commits readable copies to a git repository
     * @param database the URL of the database; who the service is there, the server's data source
     *     knows
     */
    public record Content(
            Path data,
            ExperienceId standard,
            Duration refresh,
            int editsKept,
            Duration writeBehind,
            KeptHistory history,
            boolean git,
            Optional<String> database) {
        public Path experiences() {
            return data.resolve("experiences");
        }
    }

    /** Which adapter serves each port, by name. */
    public record Adapters(String store, String bus, String narrator, List<String> transports) {}

    /**
     * How a language model is led.
     *
     * @param understudied whether the script tells what the model could not
     */
    public record Narrator(
            Model model,
            NarratorLimits limits,
            BriefRule brief,
            Talks.Limits talks,
            boolean understudied) {}

    /**
     * Which language model is asked, and where.
     *
     * @param name the model for conversation
     * @param quickName the model that tells what a command did
     * @param answerTokens so long an answer is at most
     * @param connections so many answers are read at once
     */
    public record Model(
            Optional<URI> url,
            Optional<Secret> key,
            Optional<Path> keyFile,
            Optional<String> name,
            Optional<String> quickName,
            int answerTokens,
            int connections) {}

    /**
     * Who is let in.
     *
     * @param configuredCredentials the file that was named, if one was
     * @param defaultCredentials the file that counts otherwise, if it is there
     * @param cursorKey in hexadecimal
     */
    public record Access(
            Optional<Path> configuredCredentials,
            Path defaultCredentials,
            Optional<String> cursorKey) {
        public Path credentials() {
            return configuredCredentials.orElse(defaultCredentials);
        }
    }

    /**
     * How players stand in zones.
     *
     * @param radiusMetres of the geofences of zones that state none
     * @param presence how players see each other there
     */
    public record Zones(int radiusMetres, PresenceLimits presence) {}

    /**
     * Reads all of them.
     *
     * @throws InvalidSettingException if one is not what it may be
     */
    public static Settings read(Config config) {
        Path data = Catalogue.DATA.in(config);
        return new Settings(
                new Http(
                        Catalogue.HTTP_HOST.in(config),
                        Catalogue.HTTP_PORT.in(config),
                        Catalogue.BODY.in(config),
                        Catalogue.RESTORE.in(config),
                        Catalogue.REQUESTS_PER_USER.in(config),
                        Catalogue.DRAIN.in(config)),
                new Content(
                        data,
                        Catalogue.DEFAULT_EXPERIENCE.in(config),
                        Catalogue.CONTENT_REFRESH.in(config),
                        Catalogue.EDITS_KEPT.in(config),
                        Catalogue.WRITE_BEHIND.in(config),
                        new KeptHistory(
                                Catalogue.HISTORY_DELTAS.in(config),
                                Catalogue.HISTORY_BYTES.in(config),
                                Catalogue.HISTORY_AGE.in(config)),
                        Catalogue.GIT.in(config),
                        Catalogue.DATABASE_URL.in(config)),
                new Adapters(
                        Catalogue.STORE.in(config),
                        Catalogue.BUS.in(config),
                        Catalogue.NARRATOR.in(config),
                        Catalogue.TRANSPORTS.in(config)),
                new Access(
                        Catalogue.CREDENTIALS.in(config),
                        data.resolve("credentials"),
                        Catalogue.CURSOR_KEY.in(config)),
                pace(config),
                narrator(config),
                turns(config),
                Catalogue.PLAYER_RATE.in(config),
                streams(config),
                sessions(config),
                new AllowedOrigins(Catalogue.SESSION_ORIGINS.in(config)),
                worlds(config),
                zones(config),
                nats(config),
                new NatsSettings.Stream(
                        Catalogue.NATS_STREAM.in(config),
                        Catalogue.NATS_STREAM_AGE.in(config),
                        Catalogue.NATS_STREAM_REPLICAS.in(config),
                        Catalogue.NATS_STREAM_CHECK.in(config)));
    }

    private static Pace pace(Config config) {
        int chunks = Catalogue.CHUNKS_PER_SECOND.in(config);
        return new Pace(
                Catalogue.FIRST_WORDS.in(config),
                chunks == 0 ? Duration.ZERO : Duration.ofNanos(SECONDS.toNanos(1) / chunks));
    }

    private static Narrator narrator(Config config) {
        return new Narrator(
                new Model(
                        Catalogue.MODEL_URL.in(config),
                        Catalogue.MODEL_KEY.in(config),
                        Catalogue.MODEL_KEY_FILE.in(config),
                        Catalogue.MODEL.in(config),
                        Catalogue.QUICK_MODEL.in(config),
                        Catalogue.ANSWER_TOKENS.in(config),
                        Catalogue.MODEL_CONNECTIONS.in(config)),
                new NarratorLimits(
                        Catalogue.MODEL_ROUNDS.in(config),
                        Catalogue.MODEL_CALLS.in(config),
                        Catalogue.MODEL_FIRST_WORDS.in(config),
                        Catalogue.MODEL_SILENCE.in(config),
                        Catalogue.MODEL_RETRIES.in(config),
                        Catalogue.MODEL_PAUSE.in(config)),
                new BriefRule(
                        Set.copyOf(Catalogue.CONVERSATION_ACTIONS.in(config)),
                        Catalogue.VIEW_TOKENS.in(config),
                        Catalogue.HISTORY_TOKENS.in(config)),
                new Talks.Limits(
                        Catalogue.TALKS.in(config),
                        Catalogue.TALK_TURNS.in(config),
                        Catalogue.TALK_MESSAGE.in(config),
                        Catalogue.TALK_ANSWER.in(config)),
                Catalogue.UNDERSTUDY.in(config));
    }

    private static TurnLimits turns(Config config) {
        return new TurnLimits(
                Catalogue.TURN_TIMEOUT.in(config),
                Catalogue.TURN_GRACE.in(config),
                Catalogue.TURN_KEPT.in(config),
                Catalogue.TURN_TEXT.in(config),
                Catalogue.TURN_TEXT_KEPT.in(config),
                Catalogue.CONVERSATIONS.in(config),
                Catalogue.CONVERSATIONS_PER_USER.in(config),
                Catalogue.RUNNING_PER_USER.in(config));
    }

    private static Zones zones(Config config) {
        return new Zones(
                Catalogue.ZONE_RADIUS.in(config),
                new PresenceLimits(
                        Catalogue.PRESENCE_LEASE.in(config),
                        Catalogue.PRESENCE_TOLD.in(config),
                        Catalogue.PRESENCE_USERS.in(config)));
    }

    private static NatsSettings nats(Config config) {
        return new NatsSettings(
                Catalogue.NATS_URL.in(config),
                Catalogue.NATS_NAME.in(config),
                new NatsSettings.Login(
                        Catalogue.NATS_TOKEN.in(config).map(Secret::reveal),
                        Catalogue.NATS_USER.in(config),
                        Catalogue.NATS_PASSWORD.in(config).map(Secret::reveal),
                        Catalogue.NATS_CREDENTIALS.in(config),
                        Catalogue.NATS_NKEY.in(config)),
                new NatsSettings.Stores(
                        Catalogue.NATS_TRUST.in(config),
                        Catalogue.NATS_KEY.in(config),
                        Catalogue.NATS_STORE_PASSWORD.in(config).map(Secret::reveal)),
                Catalogue.NATS_COPIES.in(config),
                Optional.empty(),
                new NatsSettings.Limits(
                        Catalogue.NATS_CONNECT.in(config),
                        Catalogue.NATS_RETRY.in(config),
                        Catalogue.NATS_PING.in(config),
                        Catalogue.NATS_WAITING.in(config),
                        Catalogue.NATS_MESSAGE.in(config),
                        Catalogue.NATS_EVENT.in(config),
                        Catalogue.NATS_HEALTH.in(config)));
    }

    private static WeaveLimits streams(Config config) {
        return new WeaveLimits(
                Catalogue.FENCE.in(config),
                Catalogue.WORLD_RUN.in(config),
                Catalogue.WORLD_TIME.in(config),
                Catalogue.SQUASH_AFTER.in(config),
                Catalogue.SNAPSHOT_AFTER.in(config),
                Catalogue.HEARTBEAT.in(config),
                Catalogue.STALL.in(config),
                Catalogue.OUTSIDE.in(config),
                Catalogue.STREAMS.in(config),
                Catalogue.STREAMS_PER_USER.in(config));
    }

    private static SessionLimits sessions(Config config) {
        try {
            return new SessionLimits(
                    Catalogue.SESSION_MESSAGE.in(config),
                    Catalogue.SESSION_RATE.in(config),
                    Catalogue.SESSION_REPLIES.in(config),
                    Catalogue.SESSION_PING.in(config),
                    Catalogue.SESSION_IDLE.in(config),
                    Catalogue.SESSION_WRITE.in(config));
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSettingException(
                    "The settings of worldweave.session cannot be used: " + wrong.getMessage());
        }
    }

    private static LiveLimits worlds(Config config) {
        return new LiveLimits(
                Catalogue.WORLD_LOG.in(config),
                Catalogue.WORLDS.in(config),
                Catalogue.WORLD_IDLE.in(config),
                Catalogue.HEAD_CHECK.in(config),
                Catalogue.WORLD_WAITING.in(config));
    }
}
