/**
 * What every HTTP resource says the same way: bodies within a bound, JSON read strictly, errors as
 * {@code {"error":…}} without a stack trace, times as text. Knows nothing of pods or calls and imports nothing of ours.
 */
@NullMarked
package dev.smartrouter.http;

import org.jspecify.annotations.NullMarked;
