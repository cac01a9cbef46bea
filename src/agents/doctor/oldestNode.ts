/** The oldest Node that runs the scripts. */
export const oldestNode = 18;
