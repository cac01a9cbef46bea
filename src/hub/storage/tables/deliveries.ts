import type { DatabaseSync } from 'node:sqlite';

/** What of the user's words has gone out, to whom, and how far it came. */
export interface DeliveryRow {
  itemId: string;
  /** `verdict`: of a request, the verdict without its note. */
  kind: 'message' | 'request' | 'verdict';
  workspaceId: string;
  agentId: string;
  /** The connection that it goes over (see `Caller`). */
  connectionId: string;
  /**
   * `flying`: it is being written. `sent`: it was written whole. `broken`: the connection broke, but the result can be fetched again.
   * `pushed`: it was pushed where that proves nothing.
   */
  state: 'flying' | 'sent' | 'broken' | 'pushed';
}

/** The deliveries: one row for each thing and connection. */
export function createDeliveryTable(database: DatabaseSync) {
  const columns = 'itemId, kind, workspaceId, agentId, connectionId, state';
  const put = database.prepare(
    `INSERT INTO deliveries (${columns}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (itemId, agentId, connectionId) DO UPDATE SET kind = excluded.kind, state = excluded.state`,
  );
  const remove = database.prepare('DELETE FROM deliveries WHERE itemId = ? AND agentId = ? AND connectionId = ?');
  const removeAll = database.prepare('DELETE FROM deliveries WHERE itemId = ?');
  const removeFlying = database.prepare(`DELETE FROM deliveries WHERE state IN ('flying', 'broken')`);
  const flying = database.prepare(`SELECT ${columns} FROM deliveries WHERE state IN ('flying', 'broken')`);
  const ofAgent = database.prepare(`SELECT ${columns} FROM deliveries WHERE agentId = ?`);
  const ofItem = database.prepare(`SELECT ${columns} FROM deliveries WHERE itemId = ?`);
  const read = (rows: unknown[]): DeliveryRow[] => rows as DeliveryRow[];
  return {
    put: ({ itemId, kind, workspaceId, agentId, connectionId, state }: DeliveryRow) =>
      put.run(itemId, kind, workspaceId, agentId, connectionId, state),
    delete: ({ itemId, agentId, connectionId }: DeliveryRow) => remove.run(itemId, agentId, connectionId),
    /** It has arrived, or nobody wants it any more. */
    forget: (itemId: string) => removeAll.run(itemId),
    ofAgent: (agentId: string) => read(ofAgent.all(agentId)),
    ofItem: (itemId: string) => read(ofItem.all(itemId)),
    /** What was under way when the hub last stopped never arrived. */
    unsent: () => read(flying.all()),
    forgetUnsent: () => removeFlying.run(),
  };
}
