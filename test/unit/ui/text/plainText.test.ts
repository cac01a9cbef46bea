import assert from 'node:assert/strict';
import { withoutIcons, withoutLinks } from '../../../../src/ui/text/plainText.ts';

describe('plainText', () => {
  it('leaves no link that a toast would make clickable', () => {
    // The shape that the editor looks for.
    const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/;
    assert.doesNotMatch(withoutLinks('see [this](command:workbench.action.quit) or [that](https://evil.test)'), link);
    assert.equal(withoutLinks('a[0](x)'), 'a[0] (x)');
  });

  it('leaves no icon that a quick pick would draw', () => {
    assert.equal(withoutIcons('$(trash) all'), '\\$(trash) all');
  });
});
