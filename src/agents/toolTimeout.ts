/** A tool call may wait this long for the user, where the agent lets its config say so. */
export const toolTimeoutSeconds = 3_600;

/** How long the hub may let such a call wait: a bit less than the agent does. */
export const promisedWaitSeconds = toolTimeoutSeconds - 10;
