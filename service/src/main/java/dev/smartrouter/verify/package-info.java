/**
 * Is the store whole? Every law that the state machine keeps is looked for in a live store, in small steps that write
 * nothing; what breaks one is said in words, and mended by the machine's own transitions if an operator asks for it.
 */
@NullMarked
package dev.smartrouter.verify;

import org.jspecify.annotations.NullMarked;
