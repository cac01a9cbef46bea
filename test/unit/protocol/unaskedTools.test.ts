import assert from 'node:assert/strict';
import { type Tool, tools } from '../../../src/protocol/tools.ts';
import { toolEffects, unaskedTools } from '../../../src/protocol/unaskedTools.ts';

/** Tools that would run unasked although they say themselves that they destroy or reach outside, or of which nobody knows. */
function wrong(all: Readonly<Record<string, Pick<Tool, 'annotations'>>>, unasked: readonly string[]): string[] {
  return unasked.filter((name) => {
    const { destructiveHint = true, openWorldHint = true } = all[name]?.annotations ?? {};
    return destructiveHint || openWorldHint;
  });
}

describe('tools that an agent may use without asking', () => {
  it('are all classified, and those only that ask, report or read', () => {
    assert.deepEqual(Object.keys(toolEffects).toSorted(), Object.keys(tools).toSorted());
    assert.deepEqual(wrong(tools, unaskedTools), []);
    for (const [name, { annotations }] of Object.entries(tools)) {
      const effect = toolEffects[name as keyof typeof tools];
      if (effect === 'reads') assert.ok(annotations.readOnlyHint, `${name} says that it reads`);
    }
  });

  it('would not pass with one that deletes', () => {
    const { annotations } = tools.reply;
    const planted = { ...tools, deleteTask: { annotations: { ...annotations, destructiveHint: true } } };
    assert.deepEqual(wrong(planted, [...unaskedTools, 'deleteTask', 'unheardOf']), ['deleteTask', 'unheardOf']);
  });
});
