/** One voice-agent pod: which life of it this is, what state it is in, and what an operator may know of it. */
@NullMarked
package dev.smartrouter.pod;

import org.jspecify.annotations.NullMarked;
