import { html, type TemplateResult } from 'lit-html';
import { ageText } from '../ageText.ts';

// Times say how long ago something was. They move on while the page is open, each by itself, without anything being drawn again.

const weekMs = 7 * 86_400_000;
/** Ages are in minutes at least. */
const tickMs = 15_000;

/** A time as the user reads it at `now` (milliseconds since 1970): how long ago, or when, if that was more than a week ago. */
export function timeText(at: string, exact: string, now: number, language: string): string {
  return now - Date.parse(at) < weekMs ? ageText(at, now, language) : exact;
}

/** @param exact the same time in full, as the user reads it */
export function timeView(at: string, exact: string, language: string): TemplateResult {
  return html`<time class="time" datetime=${at} title=${exact} .textContent=${timeText(at, exact, Date.now(), language)}></time>`;
}

/** Lets the times on the page move on. */
export function keepTimes(language: string): void {
  setInterval(() => {
    for (const time of document.querySelectorAll<HTMLTimeElement>('time.time')) {
      const text = timeText(time.dateTime, time.title, Date.now(), language);
      if (time.textContent !== text) time.textContent = text;
    }
  }, tickMs);
}
