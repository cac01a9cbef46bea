import { html, nothing, type TemplateResult } from 'lit-html';
import type { KanbanStrings } from '../../protocol/toKanbanPage.ts';
import { fillIn } from '../fillIn.ts';
import { type CardFilter, type FilterChoices, isFiltering, namesOffered } from './kanbanModel.ts';

/** What the header shows, and what it is told. */
export interface HeaderState {
  words: KanbanStrings;
  filter: CardFilter;
  choices: FilterChoices;
  shown: number;
  all: number;
  /** The keyboard's keys are shown. */
  keysShown: boolean;
  setFilter(filter: CardFilter): void;
  showKeys(shown: boolean): void;
  leaveFilter(event: KeyboardEvent): void;
}

/** The filter of the page: words, and chips for what needs the user, for agents and for workspaces. */
export function headerView(state: HeaderState): TemplateResult {
  const { words, filter, choices, keysShown } = state;
  return html`<header>
    <h1 class="unseen">${words.title}</h1>
    <label
      ><span>${words.filter}</span
      ><input
        id="filter"
        type="search"
        placeholder=${words.filterHint}
        .value=${filter.words}
        @input=${(event: Event) => state.setFilter({ ...filter, words: (event.target as HTMLInputElement).value })}
        @keydown=${state.leaveFilter}
    /></label>
    <div class="chips" role="group" aria-label=${words.chips}>
      ${chip(`${words.needsMe} (${choices.needing})`, filter.needsMe, () => state.setFilter({ ...filter, needsMe: !filter.needsMe }))}
      ${chipsOf(choices.agents, filter.agents, (agents) => state.setFilter({ ...filter, agents }))}
      ${chipsOf(choices.workspaces, filter.workspaces, (workspaces) => state.setFilter({ ...filter, workspaces }))}
    </div>
    <p class="shown" role="status">${isFiltering(filter) ? fillIn(words.shown, state.shown, state.all) : nothing}</p>
    <button
      class="help"
      title=${words.keysTitle}
      aria-label=${words.keysTitle}
      aria-expanded=${keysShown}
      aria-controls="keys"
      @click=${() => state.showKeys(!keysShown)}
    >
      ?
    </button>
    <p class=${keysShown ? 'keys' : 'unseen'} id="keys">${words.keys}</p>
  </header>`;
}

function chipsOf(names: readonly string[], chosen: readonly string[], choose: (chosen: readonly string[]) => void) {
  return namesOffered(names, chosen).map((name) => {
    const isChosen = chosen.includes(name);
    return chip(name, isChosen, () => choose(isChosen ? chosen.filter((one) => one !== name) : [...chosen, name]));
  });
}

function chip(text: string, pressed: boolean, press: () => void): TemplateResult {
  return html`<button class="chip" aria-pressed=${pressed} @click=${press}>${text}</button>`;
}
