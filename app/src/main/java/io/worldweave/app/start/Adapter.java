package io.worldweave.app.start;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.io.Serial;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Makes an adapter of a port that configuration chooses by this name. */
@Qualifier
@Retention(RUNTIME)
@Target({METHOD, PARAMETER})
public @interface Adapter {
    /** The name, in lower case. */
    String value();

    /** The annotation as a value. */
    @SuppressWarnings("ClassExplicitlyAnnotation")
    final class Named extends AnnotationLiteral<Adapter> implements Adapter {
        @Serial private static final long serialVersionUID = 1L;

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String value() {
            return name;
        }
    }
}
