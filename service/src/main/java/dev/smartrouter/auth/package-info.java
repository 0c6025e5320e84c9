/**
 * Who may ask for what: the rule of each path, the keys that open it, and what keys and signatures are made of. Knows
 * nothing of pods or calls. What a provider signs is in {@code provider}, what a stream carries in {@code call}.
 */
@NullMarked
package dev.smartrouter.auth;

import org.jspecify.annotations.NullMarked;
