package io.worldweave.app.config;

import io.worldweave.domain.world.ExperienceId;
import io.worldweave.nats.NatsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every setting there is. {@code docs/configuration.md} has the same ones in the same order, which
 * a test sees to.
 */
public final class Catalogue {
    private static final List<Setting<?>> ALL = new ArrayList<>();

    private static final Duration ZERO = Duration.ZERO;
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MILLION = 1_000_000;

    static final Setting<String> HTTP_HOST =
            add(
                    "worldweave.http.host",
                    Allowed.text("a host name or an address, or * for all"),
                    "Where the service listens. Beyond this machine it needs credentials.");
    static final Setting<Integer> HTTP_PORT =
            add("worldweave.http.port", Allowed.wholeNumber(1, 65_535), "Port of HTTP.");
    static final Setting<Path> DATA =
            add("worldweave.data", Allowed.path(), "Where experiences, worlds and players live.");
    static final Setting<ExperienceId> DEFAULT_EXPERIENCE =
            add(
                    "worldweave.experience.default",
                    new Allowed<>("the id of an experience", ExperienceId::new),
                    "The experience of a chat message that names none.");
    static final Setting<Duration> CONTENT_REFRESH =
            add(
                    "worldweave.experience.refresh",
                    Allowed.duration(Duration.ofMillis(50), HOUR),
                    "How often edited files of experiences are looked for; they are read at the"
                            + " second look that finds them the same.");
    static final Setting<Integer> EDITS_KEPT =
            add(
                    "worldweave.experience.edits-kept",
                    Allowed.wholeNumber(1, 1_000),
                    "Edits of an experience of which `GET /experiences/{id}/edits` tells.");

    static final Setting<String> STORE =
            add(
                    "worldweave.store",
                    Allowed.adapter(),
                    "Where worlds are kept: `file`, `database`.");
    static final Setting<String> BUS =
            add(
                    "worldweave.bus",
                    Allowed.adapter(),
                    "How nodes hear of each other: `local`, `nats`, or `jetstream`, which is `nats`"
                            + " and keeps what other programs say to users.");
    static final Setting<String> NARRATOR =
            add(
                    "worldweave.narrator",
                    Allowed.adapter(),
                    "Who tells the story: `scripted`, `openai` (or what speaks its protocol),"
                            + " `anthropic`, `ollama`.");
    static final Setting<List<String>> TRANSPORTS =
            add(
                    "worldweave.transports",
                    Allowed.adapters(),
                    "How streams are served: `sse`, `websocket`.");

    static final Setting<Duration> FIRST_WORDS =
            add(
                    "worldweave.narrator.scripted.first-words",
                    Allowed.duration(ZERO, MINUTE),
                    "How long the scripted narrator thinks.");
    static final Setting<Integer> CHUNKS_PER_SECOND =
            add(
                    "worldweave.narrator.scripted.chunks-per-second",
                    Allowed.wholeNumber(0, 1_000),
                    "How fast it speaks; 0 means all at once.");
    static final Setting<Optional<URI>> MODEL_URL =
            add(
                    "worldweave.narrator.url",
                    Allowed.orNone(
                            "an address that begins with http:// or https://", Catalogue::url),
                    "Where the model is asked; without it at its vendor, or Ollama on this machine.");
    static final Setting<Optional<Secret>> MODEL_KEY =
            add(
                    "worldweave.narrator.key",
                    Allowed.orNone("any text", Secret::new),
                    "The key for the model; never logged.");
    static final Setting<Optional<Path>> MODEL_KEY_FILE =
            add(
                    "worldweave.narrator.key-file",
                    Allowed.pathOrNone(),
                    "The file whose first line is the key, if the key is not given itself.");
    static final Setting<Optional<String>> MODEL =
            add(
                    "worldweave.narrator.model",
                    Allowed.orNone("the name of a model", text -> text),
                    "The model for conversation; needed for all but the script.");
    static final Setting<Optional<String>> QUICK_MODEL =
            add(
                    "worldweave.narrator.quick-model",
                    Allowed.orNone("the name of a model", text -> text),
                    "The model that tells what a command did; without it the other.");
    static final Setting<List<String>> CONVERSATION_ACTIONS =
            add(
                    "worldweave.narrator.conversation-actions",
                    Allowed.words(),
                    "Actions of commands that are conversation all the same.");
    static final Setting<Integer> ANSWER_TOKENS =
            add(
                    "worldweave.narrator.answer-tokens",
                    Allowed.wholeNumber(16, 100_000),
                    "Tokens of one answer of the model; then it is cut off.");
    static final Setting<Integer> VIEW_TOKENS =
            add(
                    "worldweave.narrator.view-tokens",
                    Allowed.wholeNumber(100, 100_000),
                    "About how many tokens tell the model what the player sees.");
    static final Setting<Integer> HISTORY_TOKENS =
            add(
                    "worldweave.narrator.history-tokens",
                    Allowed.wholeNumber(0, 100_000),
                    "About how many tokens tell the model what was said before.");
    static final Setting<Integer> MODEL_ROUNDS =
            add(
                    "worldweave.narrator.rounds",
                    Allowed.wholeNumber(1, 20),
                    "How often the model is asked in a turn; the last time it gets nothing done.");
    static final Setting<Integer> MODEL_CALLS =
            add(
                    "worldweave.narrator.calls-per-round",
                    Allowed.wholeNumber(1, 100),
                    "Commands the model may ask for at a time; more are not run.");
    static final Setting<Duration> MODEL_FIRST_WORDS =
            add(
                    "worldweave.narrator.first-words",
                    Allowed.duration(MILLISECOND, HOUR),
                    "How long the model's first sign is waited for, retries included.");
    static final Setting<Duration> MODEL_SILENCE =
            add(
                    "worldweave.narrator.silence",
                    Allowed.duration(MILLISECOND, HOUR),
                    "How long the model may say nothing after that.");
    static final Setting<Integer> MODEL_RETRIES =
            add(
                    "worldweave.narrator.retries",
                    Allowed.wholeNumber(0, 10),
                    "How often a model that failed before its first sign is asked again.");
    static final Setting<Duration> MODEL_PAUSE =
            add(
                    "worldweave.narrator.retry-pause",
                    Allowed.duration(ZERO, MINUTE),
                    "How long before that; twice as long each further time.");
    static final Setting<Boolean> UNDERSTUDY =
            add(
                    "worldweave.narrator.understudy",
                    Allowed.yesOrNo(),
                    "Whether the script tells what the model could not, if it wrote nothing.");
    static final Setting<Integer> MODEL_CONNECTIONS =
            add(
                    "worldweave.narrator.connections",
                    Allowed.wholeNumber(1, 100_000),
                    "Answers of the model that are read at once; one more counts as a busy model.");
    static final Setting<Integer> TALKS =
            add(
                    "worldweave.conversation.kept",
                    Allowed.wholeNumber(1, 1_000),
                    "Conversations with a model kept of each player; those that rest longest make room.");
    static final Setting<Integer> TALK_TURNS =
            add(
                    "worldweave.conversation.turns",
                    Allowed.wholeNumber(1, 1_000),
                    "Turns kept of each; the oldest make room.");
    static final Setting<Integer> TALK_MESSAGE =
            add(
                    "worldweave.conversation.message-text",
                    Allowed.wholeNumber(1, 10_000),
                    "Characters kept of what a player said in a turn.");
    static final Setting<Integer> TALK_ANSWER =
            add(
                    "worldweave.conversation.answer-text",
                    Allowed.wholeNumber(1, 100_000),
                    "Characters kept of what answered it.");

    static final Setting<Duration> TURN_TIMEOUT =
            add(
                    "worldweave.turn.timeout",
                    Allowed.duration(MILLISECOND, HOUR),
                    "A turn that lasts longer ends with `timeout`.");
    static final Setting<Duration> TURN_GRACE =
            add(
                    "worldweave.turn.grace",
                    Allowed.duration(ZERO, HOUR),
                    "A turn that nobody watches for so long ends with `cancelled`.");
    static final Setting<Duration> TURN_KEPT =
            add(
                    "worldweave.turn.kept",
                    Allowed.duration(ZERO, DAY),
                    "How long a conversation can be read after its last turn.");
    static final Setting<Integer> TURN_TEXT =
            add(
                    "worldweave.turn.text-limit",
                    Allowed.wholeNumber(1, 16 * 1024 * 1024),
                    "Characters of narrative in a turn; then it is cut off.");
    static final Setting<Integer> TURN_TEXT_KEPT =
            add(
                    "worldweave.turn.text-kept",
                    Allowed.wholeNumber(1, Integer.MAX_VALUE),
                    "Characters kept of all conversations; past it those that rest longest are forgotten.");
    static final Setting<Integer> CONVERSATIONS =
            add(
                    "worldweave.turn.conversations",
                    Allowed.wholeNumber(1, MILLION),
                    "Conversations known at once; past it those that rest longest are forgotten.");
    static final Setting<Integer> CONVERSATIONS_PER_USER =
            add(
                    "worldweave.turn.conversations-per-user",
                    Allowed.wholeNumber(1, MILLION),
                    "Conversations of one user known at once; past it the user's own are forgotten.");
    static final Setting<Integer> RUNNING_PER_USER =
            add(
                    "worldweave.turn.running-per-user",
                    Allowed.wholeNumber(1, 10_000),
                    "Turns of one user that run at once; one more is refused with 429.");
    static final Setting<Integer> PLAYER_RATE =
            add(
                    "worldweave.player.rate",
                    Allowed.wholeNumber(1, MILLION),
                    "What a player does in a second, on average, on this node, by messages,"
                            + " requests, words or a model's tool calls; one more is refused.");

    static final Setting<Duration> FENCE =
            add(
                    "worldweave.stream.fence",
                    Allowed.duration(ZERO, MINUTE),
                    "How long narrative waits for the world update that it tells of.");
    static final Setting<Integer> WORLD_RUN =
            add(
                    "worldweave.stream.world-run",
                    Allowed.wholeNumber(1, MILLION),
                    "World updates that may go in a row while narrative waits.");
    static final Setting<Duration> WORLD_TIME =
            add(
                    "worldweave.stream.world-time",
                    Allowed.duration(ZERO, MINUTE),
                    "How long narrative may wait behind world updates.");
    static final Setting<Integer> SQUASH_AFTER =
            add(
                    "worldweave.stream.squash-after",
                    Allowed.wholeNumber(1, MILLION),
                    "Deltas that may wait singly; more are sent as their net effect.");
    static final Setting<Integer> SNAPSHOT_AFTER =
            add(
                    "worldweave.stream.snapshot-after",
                    Allowed.wholeNumber(1, MILLION),
                    "Changes a net effect may have; a larger one is sent as a snapshot.");
    static final Setting<Duration> HEARTBEAT =
            add(
                    "worldweave.stream.heartbeat",
                    Allowed.duration(MILLISECOND, HOUR),
                    "How long a stream may be silent.");
    static final Setting<Duration> STALL =
            add(
                    "worldweave.stream.stall",
                    Allowed.duration(Duration.ofMillis(100), HOUR),
                    "A client that takes nothing for so long loses its stream.");
    static final Setting<Integer> OUTSIDE =
            add(
                    "worldweave.stream.outside",
                    Allowed.wholeNumber(1, MILLION),
                    "Events of other programs that wait for a client; the oldest make room.");
    static final Setting<Integer> STREAMS =
            add(
                    "worldweave.stream.max",
                    Allowed.wholeNumber(1, MILLION),
                    "Streams open at once on this node; one more is refused with 429.");
    static final Setting<Integer> STREAMS_PER_USER =
            add(
                    "worldweave.stream.max-per-user",
                    Allowed.wholeNumber(1, MILLION),
                    "Streams of one user open at once; one more is refused with 429.");

    static final Setting<Integer> SESSION_MESSAGE =
            add(
                    "worldweave.session.message",
                    Allowed.wholeNumber(1_024, 64 * 1024),
                    "Bytes of a message in a session; a longer one is answered with an error, one"
                            + " four times as long closes it.");
    static final Setting<Integer> SESSION_RATE =
            add(
                    "worldweave.session.rate",
                    Allowed.wholeNumber(1, MILLION),
                    "Messages of a session in a second, on average; one more is answered with an"
                            + " error.");
    static final Setting<Integer> SESSION_REPLIES =
            add(
                    "worldweave.session.replies",
                    Allowed.wholeNumber(1, MILLION),
                    "Answers that may wait for a client; one that lets more wait is closed.");
    static final Setting<Duration> SESSION_PING =
            add(
                    "worldweave.session.ping",
                    Allowed.duration(Duration.ofMillis(100), HOUR),
                    "How often the client of a session is pinged; shorter than"
                            + " `worldweave.session.idle`.");
    static final Setting<Duration> SESSION_IDLE =
            add(
                    "worldweave.session.idle",
                    Allowed.duration(Duration.ofMillis(100), DAY),
                    "A client of which nothing was heard for so long, no pong either, loses its"
                            + " session.");
    static final Setting<Duration> SESSION_WRITE =
            add(
                    "worldweave.session.write",
                    Allowed.duration(Duration.ofMillis(100), HOUR),
                    "How long a client may take over one message; then it is cut off.");
    static final Setting<Set<String>> SESSION_ORIGINS =
            add(
                    "worldweave.session.origins",
                    Allowed.origins(),
                    "Web pages that may open sessions, beside those at the service's own address.");

    static final Setting<Integer> WORLD_LOG =
            add(
                    "worldweave.world.log",
                    Allowed.wholeNumber(1, MILLION),
                    "Recent deltas of a world kept in memory; a stream that is older gets a snapshot.");
    static final Setting<Integer> WORLDS =
            add(
                    "worldweave.world.max",
                    Allowed.wholeNumber(1, MILLION),
                    "Worlds at work at once; past it those that nobody watches make room.");
    static final Setting<Duration> WORLD_IDLE =
            add(
                    "worldweave.world.idle",
                    Allowed.duration(SECOND, DAY),
                    "How long nobody has used a world that makes room.");
    static final Setting<Duration> HEAD_CHECK =
            add(
                    "worldweave.world.head-check",
                    Allowed.duration(MILLISECOND, HOUR),
                    "How often the store is asked whether it is ahead.");

    static final Setting<Integer> WORLD_WAITING =
            add(
                    "worldweave.world.waiting",
                    Allowed.wholeNumber(1, MILLION),
                    "Commits to one world that wait at once; one more is refused with 503.");

    static final Setting<Integer> ZONE_RADIUS =
            add(
                    "worldweave.zone.radius",
                    Allowed.wholeNumber(1, MILLION),
                    "Metres around a zone whose place has no `geofence_radius_m`.");
    static final Setting<Duration> PRESENCE_LEASE =
            add(
                    "worldweave.presence.lease",
                    Allowed.duration(SECOND, HOUR),
                    "How long a node's word counts for who plays there; a third of it later at most,"
                            + " those of a crashed node have left.");
    static final Setting<Integer> PRESENCE_TOLD =
            add(
                    "worldweave.presence.told",
                    Allowed.wholeNumber(1, 100_000),
                    "Others of its zone that a session is told of at once.");
    static final Setting<Integer> PRESENCE_USERS =
            add(
                    "worldweave.presence.users",
                    Allowed.wholeNumber(1, MILLION),
                    "Players of other nodes that are known in each world.");

    static final Setting<Duration> WRITE_BEHIND =
            add(
                    "worldweave.store.file.write-behind",
                    Allowed.duration(Duration.ofMillis(50), HOUR),
                    "How often the readable copies of changed worlds are written.");
    static final Setting<Optional<String>> DATABASE_URL =
            add(
                    "worldweave.database.url",
                    Allowed.orNone("a JDBC URL", text -> text),
                    "The database of the store `database`, such as"
                            + " `jdbc:postgresql://host:5432/worldweave`.");
    static final Setting<Optional<String>> DATABASE_USER =
            add(
                    "worldweave.database.user",
                    Allowed.orNone("the name of a user of the database", text -> text),
                    "Who the service is there; owns its tables.");
    static final Setting<Optional<String>> DATABASE_PASSWORD =
            add(
                    "worldweave.database.password",
                    Allowed.orNone("a password", text -> text),
                    "That user's password; never logged.");
    static final Setting<Integer> HISTORY_DELTAS =
            add(
                    "worldweave.store.history.deltas",
                    Allowed.wholeNumber(1, MILLION),
                    "So many of each world's last deltas are kept: for `since`, `at` and"
                            + " idempotency keys.");
    static final Setting<Integer> HISTORY_BYTES =
            add(
                    "worldweave.store.history.bytes",
                    Allowed.wholeNumber(1_024, 1_073_741_824),
                    "So many bytes they may have together; the last delta is kept"
                            + " however long it is.");
    static final Setting<Duration> HISTORY_AGE =
            add(
                    "worldweave.store.history.age",
                    Allowed.duration(ZERO, Duration.ofDays(3_650)),
                    "A delta that is older is forgotten; PT0S keeps it however old it is.");
    static final Setting<Boolean> GIT =
            add(
                    "worldweave.store.file.git",
                    Allowed.yesOrNo(),
                    "Whether the readable copies are committed to a git repository in the data"
                            + " directory.");

    static final Setting<List<String>> NATS_URL =
            add(
                    "worldweave.nats.url",
                    new Allowed<>(
                            "addresses that begin with nats://, tls:// or wss://, with commas"
                                    + " between them",
                            Catalogue::servers),
                    "The servers of the buses `nats` and `jetstream`; they may come and go.");
    static final Setting<String> NATS_NAME =
            add(
                    "worldweave.nats.name",
                    Allowed.text("any text"),
                    "How the servers call this node's connection.");
    static final Setting<Optional<Secret>> NATS_TOKEN =
            add(
                    "worldweave.nats.token",
                    Allowed.orNone("any text", Secret::new),
                    "The token that they ask for; never logged.");
    static final Setting<Optional<String>> NATS_USER =
            add(
                    "worldweave.nats.user",
                    Allowed.orNone("the name of a user of the servers", text -> text),
                    "Who the service is there.");
    static final Setting<Optional<Secret>> NATS_PASSWORD =
            add(
                    "worldweave.nats.password",
                    Allowed.orNone("a password", Secret::new),
                    "That user's password; never logged.");
    static final Setting<Optional<Path>> NATS_CREDENTIALS =
            add(
                    "worldweave.nats.credentials-file",
                    Allowed.pathOrNone(),
                    "A file of credentials (`.creds`), which goes before the others.");
    static final Setting<Optional<Path>> NATS_NKEY =
            add(
                    "worldweave.nats.nkey-file",
                    Allowed.pathOrNone(),
                    "A file with the seed of a user's key, which goes before token and password.");
    static final Setting<Optional<Path>> NATS_TRUST =
            add(
                    "worldweave.nats.tls.trust-store",
                    Allowed.pathOrNone(),
                    "The key store with the authorities that TLS trusts; without it those of the"
                            + " JDK.");
    static final Setting<Optional<Path>> NATS_KEY =
            add(
                    "worldweave.nats.tls.key-store",
                    Allowed.pathOrNone(),
                    "The key store with this node's own certificate, for servers that ask for"
                            + " one.");
    static final Setting<Optional<Secret>> NATS_STORE_PASSWORD =
            add(
                    "worldweave.nats.tls.store-password",
                    Allowed.orNone("a password", Secret::new),
                    "The password of both; never logged.");
    static final Setting<Duration> NATS_CONNECT =
            add(
                    "worldweave.nats.connect",
                    Allowed.duration(Duration.ofMillis(100), MINUTE),
                    "How long a server may take to be connected.");
    static final Setting<Duration> NATS_RETRY =
            add(
                    "worldweave.nats.retry",
                    Allowed.duration(Duration.ofMillis(50), MINUTE),
                    "How long before servers that did not answer are tried again, for ever.");
    static final Setting<Duration> NATS_PING =
            add(
                    "worldweave.nats.ping",
                    Allowed.duration(Duration.ofMillis(100), HOUR),
                    "How often a server is asked whether it is there; the third time in vain it"
                            + " is left.");
    static final Setting<Integer> NATS_WAITING =
            add(
                    "worldweave.nats.waiting",
                    Allowed.wholeNumber(1, MILLION),
                    "News that waits to be sent; more is dropped, and fetched from the store.");
    static final Setting<Integer> NATS_MESSAGE =
            add(
                    "worldweave.nats.message",
                    Allowed.wholeNumber(1_024, 64 * 1024 * 1024),
                    "Bytes of a message of another node; a longer one is dropped.");

    static final Setting<Integer> NATS_EVENT =
            add(
                    "worldweave.nats.event",
                    Allowed.wholeNumber(1_024, 1024 * 1024),
                    "Bytes of what another program says to a user; a longer one is dropped.");
    static final Setting<NatsSettings.Copies> NATS_COPIES =
            add(
                    "worldweave.nats.copies",
                    new Allowed<>("actor, viewers or off", Catalogue::copies),
                    "Who gets a copy of a `world_update` at `world.updates.user.<user>`: the user"
                            + " who caused it (`actor`), besides each user who has a stream that"
                            + " shows it (`viewers`), or nobody (`off`).");
    static final Setting<Duration> NATS_HEALTH =
            add(
                    "worldweave.nats.health",
                    Allowed.duration(Duration.ofMillis(100), HOUR),
                    "How often a node tells at `gaia.service.health` how it is.");
    static final Setting<String> NATS_STREAM =
            add(
                    "worldweave.nats.stream.name",
                    new Allowed<>(
                            "at most 64 letters, digits, _ and -",
                            NatsSettings.Stream::checkedName),
                    "The stream of the bus `jetstream`; made if it is not there, and used as it is"
                            + " if it is.");
    static final Setting<Duration> NATS_STREAM_AGE =
            add(
                    "worldweave.nats.stream.age",
                    Allowed.duration(SECOND, DAY.multipliedBy(366)),
                    "How long a stream that is made keeps an event.");
    static final Setting<Integer> NATS_STREAM_REPLICAS =
            add(
                    "worldweave.nats.stream.replicas",
                    Allowed.wholeNumber(1, 5),
                    "On how many servers a stream that is made keeps it.");
    static final Setting<Duration> NATS_STREAM_CHECK =
            add(
                    "worldweave.nats.stream.check",
                    Allowed.duration(Duration.ofMillis(100), HOUR),
                    "How often it is looked whether the stream is there, give or take a quarter.");

    static final Setting<Integer> BODY =
            add(
                    "worldweave.body.max",
                    Allowed.wholeNumber(1_024, 16 * 1024 * 1024),
                    "Bytes of a request's body; a longer one is refused with 413.");
    static final Setting<Integer> RESTORE =
            add(
                    "worldweave.restore.max",
                    Allowed.wholeNumber(1_024, 256 * 1024 * 1024),
                    "Bytes of a backup that an admin restores; a longer one is refused with 413.");
    static final Setting<Integer> REQUESTS_PER_USER =
            add(
                    "worldweave.http.requests-per-user",
                    Allowed.wholeNumber(1, 10_000),
                    "Requests of one user under way at once, open streams aside; one more is"
                            + " refused with 429.");
    static final Setting<Duration> DRAIN =
            add(
                    "worldweave.stop.drain",
                    Allowed.duration(ZERO, MINUTE),
                    "How long a stop waits for streams to say goodbye.");
    static final Setting<Optional<Path>> CREDENTIALS =
            add(
                    "worldweave.credentials.file",
                    Allowed.pathOrNone(),
                    "The file of hashed API keys; without it `credentials` in the data directory,"
                            + " if it is there.");
    static final Setting<Optional<String>> CURSOR_KEY =
            add(
                    "worldweave.cursor.key",
                    Allowed.orNone("64 hexadecimal digits", Catalogue::key),
                    "The secret that cursors are checked with, the same on all nodes; without it"
                            + " one is made and kept in the data directory.");

    private Catalogue() {}

    /** Returns all settings, in the order of the documentation. */
    public static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    private static URI url(String text) {
        URI uri = URI.create(text);
        if (!List.of("http", "https").contains(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("no address of HTTP");
        }
        return uri;
    }

    private static NatsSettings.Copies copies(String text) {
        return switch (text) {
            case "actor" -> NatsSettings.Copies.ACTOR;
            case "viewers" -> NatsSettings.Copies.VIEWERS;
            case "off" -> NatsSettings.Copies.OFF;
            default -> throw new IllegalArgumentException("none of them");
        };
    }

    private static List<String> servers(String text) {
        List<String> servers = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        for (String server : servers) {
            URI uri = URI.create(server);
            if (!List.of("nats", "tls", "wss").contains(String.valueOf(uri.getScheme()))
                    || uri.getHost() == null) {
                throw new IllegalArgumentException("no address of NATS");
            }
        }
        return servers;
    }

    private static String key(String text) {
        if (!text.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("not 64 digits");
        }
        return text;
    }

    private static <T> Setting<T> add(String key, Allowed<T> allowed, String meaning) {
        Setting<T> setting = new Setting<>(key, allowed, meaning);
        ALL.add(setting);
        return setting;
    }
}
