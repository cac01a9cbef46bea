import type { ConnectEditor, Diff, OpenDiffs, OpenPage } from '../../../../src/ui/connect/api.ts';

/** An editor that remembers what it showed. */
export class FakeEditor implements ConnectEditor {
  hasMcp = true;
  trusted = true;
  /** Every difference that was shown, and those that are open. */
  readonly diffs: Diff[] = [];
  open = 0;
  /** The places of the differences that were brought to the front. */
  readonly front: number[] = [];
  readonly pages = new Map<string, string>();
  readonly files: string[] = [];
  readonly copied: string[] = [];
  /** What was started in a terminal. */
  readonly started: unknown[] = [];
  /** What a running progress said last. */
  said = '';
  /** Ends what runs. */
  readonly ended = new AbortController();

  isTrusted(): boolean {
    return this.trusted;
  }

  pathOf(uri: string): string | undefined {
    return uri.startsWith('file://') ? decodeURIComponent(uri.slice(7)) : undefined;
  }

  async showDiffs(diffs: readonly Diff[]): Promise<OpenDiffs> {
    this.diffs.push(...diffs);
    this.open = diffs.length;
    return { show: async (index) => void this.front.push(index), dispose: () => void (this.open = 0) };
  }

  async openPage(title: string, text: string): Promise<OpenPage> {
    this.pages.set(title, text);
    return { update: (next) => void this.pages.set(title, next) };
  }

  async openFile(path: string): Promise<void> {
    this.files.push(path);
  }

  async copy(text: string): Promise<void> {
    this.copied.push(text);
  }

  startInTerminal(...started: Parameters<ConnectEditor['startInTerminal']>): void {
    this.started.push(started);
  }

  async progress(_: string, run: (say: (text: string) => void, signal: AbortSignal) => Promise<void>): Promise<void> {
    await run((text) => (this.said = text), this.ended.signal);
  }
}
