/**
 * Classes of service: which tiers there are and how many pods each wants, which pools a call tries and in what order,
 * and which pool a pod belongs to. Pure: text and values in, values out; no clock, no store, no cluster. Whoever holds
 * those reads the configuration, asks here, and does what it is told.
 */
@NullMarked
package dev.smartrouter.tier;

import org.jspecify.annotations.NullMarked;
