package io.worldweave.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AllowedOriginsTest {
    private static final String OWN = "http://localhost:9080";

    @Test
    void thePagesOfTheServiceAndOfTheListAreAdmitted() {
        AllowedOrigins origins = new AllowedOrigins(Set.of("https://play.example.com"));

        assertThat(origins.admits(OWN, OWN)).isTrue();
        assertThat(origins.admits("https://Play.Example.com", OWN)).isTrue();
        assertThat(origins.admits("https://play.example.com.evil.org", OWN)).isFalse();
        assertThat(origins.admits("http://play.example.com", OWN)).isFalse();
        assertThat(origins.admits("null", OWN)).isFalse();
    }

    @Test
    void aStarAdmitsEveryPage() {
        assertThat(new AllowedOrigins(Set.of("*")).admits("null", OWN)).isTrue();
    }
}
