import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { PanelHeader, PanelStrings } from '../../protocol/toPanelPage.ts';
import { fillIn } from '../fillIn.ts';

// One line: what the task is called, who has it, and what can be done with it. The editor opens the menu, with the commands of a row.

const clock = svg`<circle cx="8" cy="8" r="6.3"></circle><path d="M8 4.2V8l2.6 1.7"></path>`;

export function headerView(
  header: PanelHeader,
  taskId: string,
  page: {
    words: PanelStrings;
    timeline: boolean;
    query: string;
    failure: string | undefined;
    showTimeline(on: boolean): void;
    search(query: string): void;
    stop(): void;
  },
): TemplateResult {
  const { words, timeline, query, failure } = page;
  return html`<div class="title">
      <h1 title=${header.title}>${header.title}</h1>
      <p class="facts" title=${header.facts}>${header.facts}</p>
      <button
        type="button"
        class="status"
        aria-haspopup="menu"
        aria-label=${fillIn(words.changeStatus, header.status)}
        data-vscode-context=${JSON.stringify({ webviewSection: 'status', agentrqTask: header.context, taskId, preventDefaultContextMenuItems: true })}
        @click=${openMenu}
      >
        ${header.status}
      </button>
      ${header.stoppable === true ? html`<button type="button" @click=${() => page.stop()}>${words.stop}</button>` : nothing}
      <button
        type="button"
        class="icon"
        aria-pressed=${timeline}
        aria-label=${words.timeline}
        title=${words.timeline}
        @click=${() => page.showTimeline(!timeline)}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">${clock}</svg>
      </button>
    </div>
    ${failure === undefined ? nothing : html`<p class="warning">${failure}</p>`}
    ${
      timeline
        ? html`<input
            type="search"
            aria-label=${words.search}
            placeholder=${words.search}
            .value=${query}
            @input=${(event: Event) => page.search((event.target as HTMLInputElement).value)}
          />`
        : nothing
    }`;
}

/** The editor draws it where a right click would have been. */
function openMenu({ currentTarget }: Event): void {
  if (!(currentTarget instanceof HTMLElement)) return;
  const { left, bottom } = currentTarget.getBoundingClientRect();
  currentTarget.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left, clientY: bottom }));
}
