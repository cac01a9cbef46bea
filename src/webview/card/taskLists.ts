import type MarkdownIt from 'markdown-it';

type Markdown = InstanceType<typeof MarkdownIt>;

const box = /^\[([ xX])\][ \t]+(?=\S)/;

/** Draws `- [ ]` and `- [x]` as boxes that say whether something is done. They can't be pressed: only their author changes them. */
export function addTaskLists(md: Markdown): void {
  md.core.ruler.after('inline', 'taskLists', ({ tokens, Token }) => {
    for (const [index, inline] of tokens.entries()) {
      const [item, paragraph, first] = [tokens[index - 2], tokens[index - 1], inline.children?.[0]];
      if (inline.type !== 'inline' || paragraph?.type !== 'paragraph_open' || item?.type !== 'list_item_open') continue;
      const mark = first?.type === 'text' ? box.exec(first.content) : null;
      if (first === undefined || mark === null) continue;
      first.content = first.content.slice(mark[0].length);
      item.attrJoin('class', 'task');
      const [open, close] = [new Token('task_open', 'label', 1), new Token('task_close', 'label', -1)];
      open.meta = { done: mark[1] !== ' ' };
      inline.children = [open, ...(inline.children ?? []), close];
    }
  });
  md.renderer.rules['task_open'] = (tokens, index) => {
    const { done } = (tokens[index]?.meta ?? {}) as { done?: boolean };
    return `<label><input type="checkbox" disabled${done === true ? ' checked' : ''}> `;
  };
  md.renderer.rules['task_close'] = () => '</label>';
}
