import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation } from '../../src/protocol/operation.ts';
import { apiPrefix, operations } from '../../src/protocol/operations.ts';
import { root } from '../suites.ts';
import { readComments } from './readComments.ts';

/** An operation of the table, with what its comment says. */
export interface NamedOperation extends Operation {
  name: string;
  /** The whole path: `/api/v1/workspaces/{workspaceId}`. */
  address: string;
  comment: string;
}

/** Every operation, in the order of the table. */
export function readOperations(): NamedOperation[] {
  const comments = readComments(protocolSources());
  return Object.entries<Operation>(operations).map(([name, operation]) => ({
    ...operation,
    name,
    address: apiPrefix + operation.path.replaceAll(/:(\w+)/g, '{$1}'),
    comment: comments.get(name) ?? '',
  }));
}

/** The sources of the protocol. */
export function protocolSources(): string[] {
  return globSync('src/protocol/**/*.ts', { cwd: root })
    .toSorted()
    .map((path) => readFileSync(join(root, path), 'utf8'));
}
