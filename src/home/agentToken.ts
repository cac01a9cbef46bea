import { createHmac } from 'node:crypto';

/** The file in the home folder that agents' tokens are derived from. */
export const masterSecretFile = 'master-secret';

/**
 * The token of the agents of a workspace: `arq_<workspace id>_<43 characters>`. It is stored nowhere.
 * @param generation how many the workspace has had, with this one
 */
export function agentToken(masterSecret: string, workspaceId: string, generation: number): string {
  const mac = createHmac('sha256', masterSecret).update(`agent:${workspaceId}:${generation}`).digest('base64url');
  return `arq_${workspaceId}_${mac}`;
}
