/** The HTTP interface but for its streams: resources, their bodies and their errors. */
@NullMarked
package io.worldweave.app.http;

import org.jspecify.annotations.NullMarked;
