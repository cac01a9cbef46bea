import assert from 'node:assert/strict';
import type { ChangesVerdict, ConnectEditor, Diff, ListContent, ListOptions, OpenDiffs, OpenList } from '../../../../src/ui/connect/api.ts';
import type { CommandId } from '../../../../src/ui/ids.ts';

/** An editor that remembers what it showed. */
export class FakeEditor implements ConnectEditor {
  hasMcp = true;
  trusted = true;
  /** Every difference that was shown, and those that are open. */
  readonly diffs: Diff[] = [];
  open = 0;
  /** The places of the differences that were brought to the front. */
  readonly front: number[] = [];
  /** What the user does when one of them has the focus. */
  onLook: () => void = () => undefined;
  decide: (verdict: ChangesVerdict) => void = () => undefined;
  readonly files: string[] = [];
  readonly copied: string[] = [];
  /** What was started in a terminal. */
  readonly started: unknown[] = [];
  /** The addresses that were opened in the browser. */
  readonly addresses: string[] = [];
  /** The commands that were run, and what they do. */
  readonly ran: { command: CommandId; argument: object | undefined }[] = [];
  onRun: () => void = () => undefined;

  isTrusted(): boolean {
    return this.trusted;
  }

  pathOf(uri: string): string | undefined {
    return uri.startsWith('file://') ? decodeURIComponent(uri.slice(7)) : undefined;
  }

  async showDiffs(diffs: readonly Diff[]): Promise<OpenDiffs> {
    this.diffs.push(...diffs);
    this.open = diffs.length;
    const { promise: decided, resolve } = Promise.withResolvers<ChangesVerdict>();
    this.decide = resolve;
    const show = async (index: number): Promise<void> => {
      this.front.push(index);
      this.onLook();
    };
    return { show, decided, dispose: () => void (this.open = 0) };
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

  /** The list that is open, with what it shows. */
  list: (ListContent & { options: ListOptions; hide(): void }) | undefined;

  openList(options: ListOptions): OpenList {
    const hide = (): void => {
      close();
      options.hidden();
    };
    const list = { title: '', placeholder: '', items: [], isBusy: false, options, hide };
    const close = (): void => {
      if (this.list?.options === options) this.list = undefined;
    };
    this.list = list;
    return {
      update: (content) => {
        if (this.list?.options === options) this.list = { ...content, options, hide };
      },
      dispose: close,
    };
  }

  /** The user picks this row of the open list. */
  take(label: string): void {
    const { items, options } = this.list ?? assert.fail('no list is open');
    const { value } = items.find((item) => item.label === label) ?? assert.fail(`no row is called ${label}`);
    options.picked(value);
  }

  async openExternal(url: string): Promise<void> {
    this.addresses.push(url);
  }

  async run(command: CommandId, argument?: object): Promise<void> {
    this.ran.push({ command, argument });
    this.onRun();
  }
}
