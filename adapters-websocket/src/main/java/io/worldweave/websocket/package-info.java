/** Persistent sessions over WebSocket: nothing here decides what is said, only how it travels. */
@NullMarked
package io.worldweave.websocket;

import org.jspecify.annotations.NullMarked;
