/**
 * Telephony providers: a webhook comes in, the provider's own markup goes out. Each provider is one file that says how
 * it names a call, what its callbacks mean and how it wants to be answered; the resources are the same for all.
 */
@NullMarked
package dev.smartrouter.provider;

import org.jspecify.annotations.NullMarked;
