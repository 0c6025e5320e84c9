package dev.smartrouter.provider;

/** What a status callback says of its call. */
enum CallSign {
    /** The call is over. */
    ENDED,
    /** The call goes on: both ends talk, or its stream runs. */
    LIVE,
    /** Nothing that matters here: it rings, or its stream stopped while the call may go on. */
    OTHER
}
