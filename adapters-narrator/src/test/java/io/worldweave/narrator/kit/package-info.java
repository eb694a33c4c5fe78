/** A model server that says what a test has written, in the wire formats of the vendors. */
package io.worldweave.narrator.kit;
