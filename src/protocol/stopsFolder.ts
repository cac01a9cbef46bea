/** The folder in the hub's home with a file for each workspace in which a stop stands: hooks start their script before a tool only then. */
export const stopsFolder = 'stops';
