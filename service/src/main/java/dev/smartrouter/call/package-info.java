/**
 * A call asks for a pod, and somebody gives it back. Here is what comes of either, and the endpoints by which the
 * voice agent and operators ask. Which pools a call may try comes from {@code tier}, the pod from {@code pool}.
 */
@NullMarked
package dev.smartrouter.call;

import org.jspecify.annotations.NullMarked;
