// The entry of the bundle with the log of decisions.

import type { Decisions, DecisionsDeps } from './api.ts';
import { exportDecisions } from './exportDecisions.ts';
import { importDecisions } from './importDecisions.ts';
import { showDecisions } from './showDecisions.ts';

export function createDecisions(deps: DecisionsDeps): Decisions {
  return {
    show: () => showDecisions(deps),
    exportAll: () => exportDecisions(deps),
    importFile: () => importDecisions(deps),
  };
}
