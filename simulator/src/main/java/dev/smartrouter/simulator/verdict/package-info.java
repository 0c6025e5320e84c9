/**
 * The judge, who knows every call and every pod: what was promised, whether it was kept, and a report of how it went.
 */
@NullMarked
package dev.smartrouter.simulator.verdict;

import org.jspecify.annotations.NullMarked;
