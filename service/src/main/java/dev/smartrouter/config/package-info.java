/**
 * Configuration over HTTP: which tiers there are and what merchants wish, read and written by operators. What is wrong
 * changes nothing and is told why; who writes says what it replaces, so that nobody's change is lost. A write is an edit
 * of the key that routers read, no more: they learn of it as of any other.
 */
@NullMarked
package dev.smartrouter.config;

import org.jspecify.annotations.NullMarked;
