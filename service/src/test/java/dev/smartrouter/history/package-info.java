/**
 * What clients saw of the router, as histories of overlapping operations, and judges of whether some order of them, one
 * at a time, explains what each was answered. Nothing here does I/O.
 */
@NullMarked
package dev.smartrouter.history;

import org.jspecify.annotations.NullMarked;
