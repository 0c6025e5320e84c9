/**
 * The vocabulary: the names by which calls, merchants, pods, tiers and pools are known. A name cannot be wrong once
 * built, so nothing behind this package checks one again. Imports nothing of ours.
 */
@NullMarked
package dev.smartrouter;

import org.jspecify.annotations.NullMarked;
