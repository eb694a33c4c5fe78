package io.worldweave.narrator;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.URI;

/** Whose protocol a model speaks. */
public enum Vendor {
    OPENAI("https://api.openai.com/v1") {
        @Override
        StreamingChatModel model(ModelSettings settings, String name, HttpClientBuilder http) {
            OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder model =
                    OpenAiStreamingChatModel.builder()
                            .httpClientBuilder(http)
                            .baseUrl(settings.url().toString())
                            .modelName(name);
            if (!settings.key().isEmpty()) {
                model.apiKey(settings.key());
            }
            return isOpenAi(settings.url())
                    ? model.maxCompletionTokens(settings.answerTokens()).build()
                    : model.maxTokens(settings.answerTokens()).build();
        }
    },
    ANTHROPIC("https://api.anthropic.com/v1") {
        @Override
        StreamingChatModel model(ModelSettings settings, String name, HttpClientBuilder http) {
            return AnthropicStreamingChatModel.builder()
                    .httpClientBuilder(http)
                    .baseUrl(settings.url().toString())
                    .apiKey(settings.key())
                    .modelName(name)
                    .maxTokens(settings.answerTokens())
                    .build();
        }
    },
    OLLAMA("http://localhost:11434") {
        @Override
        StreamingChatModel model(ModelSettings settings, String name, HttpClientBuilder http) {
            return OllamaStreamingChatModel.builder()
                    .httpClientBuilder(http)
                    .baseUrl(settings.url().toString())
                    .modelName(name)
                    .numPredict(settings.answerTokens())
                    .build();
        }
    };

    private final URI standardUrl;

    Vendor(String standardUrl) {
        this.standardUrl = URI.create(standardUrl);
    }

    /** Returns where its models are if nobody says otherwise. */
    public URI standardUrl() {
        return standardUrl;
    }

    /** OpenAI itself has renamed the limit of an answer; others know the old name. */
    private static boolean isOpenAi(URI url) {
        return url.getHost().endsWith("openai.com") || url.getHost().endsWith("azure.com");
    }

    abstract StreamingChatModel model(ModelSettings settings, String name, HttpClientBuilder http);
}
