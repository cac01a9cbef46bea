/** The name by which the editor tries an agent's connection. To the hub it is nobody: it comes into no list of agents. */
export const doctorName = 'agentrq-doctor';
