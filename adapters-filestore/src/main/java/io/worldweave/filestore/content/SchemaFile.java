package io.worldweave.filestore.content;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.InvalidSchemaException;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import io.worldweave.domain.content.WorldSchema;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A JSON Schema that the authors of an experience wrote for its world. Nothing is fetched: it
 * refers to itself and to the specifications of JSON Schema alone.
 *
 * <p>Thread-safe.
 */
final class SchemaFile implements WorldSchema {
    /** So many breaches are told of at once. */
    private static final int BREACHES_LIMIT = 100;

    private final Validator validator;
    private final URI schema;

    /** The validator says nothing about threads. */
    private final ReentrantLock validating = new ReentrantLock();

    private SchemaFile(Validator validator, URI schema) {
        this.validator = validator;
        this.schema = schema;
    }

    /**
     * Returns the schema.
     *
     * @throws IllegalArgumentException if it is none, with the reason
     */
    static SchemaFile of(Json json) {
        Validator validator =
                new ValidatorFactory()
                        .withJsonNodeFactory(SchemaNode.FACTORY)
                        .withSchemaResolver(_ -> SchemaResolver.Result.empty())
                        .createValidator();
        try {
            return new SchemaFile(validator, validator.registerSchema(SchemaNode.of(json)));
        } catch (InvalidSchemaException invalid) {
            List<Error> errors = invalid.getErrors();
            throw new IllegalArgumentException(
                    errors.isEmpty() ? invalid.getMessage() : text(errors.getFirst()), invalid);
        } catch (JsonSchemaException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(unusable.getMessage(), unusable);
        }
    }

    private static String text(Error error) {
        return error.getInstanceLocation() + ": " + error.getError();
    }

    @Override
    public List<Breach> breaches(JsonObject world) {
        validating.lock();
        try {
            return validator.validate(schema, SchemaNode.of(world)).getErrors().stream()
                    .limit(BREACHES_LIMIT)
                    .map(SchemaFile::breach)
                    .toList();
        } finally {
            validating.unlock();
        }
    }

    private static Breach breach(Error error) {
        return new Breach(Pointer.parse(error.getInstanceLocation()), error.getError());
    }
}
