import { limits } from '../../protocol/limits.ts';
import type { PanelStrings } from '../../protocol/toPanelPage.ts';
import { cardStrings } from '../card/cardStrings.ts';
import type { L10n } from '../text/l10n.ts';

/** The texts of the page, translated. */
export function panelStrings(l10n: L10n): PanelStrings {
  return {
    ...cardStrings(l10n),
    thread: l10n.t('Thread'),
    timeline: l10n.t('Timeline'),
    search: l10n.t('Search questions, permissions and moves'),
    nothingFound: l10n.t('No match.'),
    empty: l10n.t('No messages yet.'),
    loading: l10n.t('The thread is being read…'),
    jumpToOpen: l10n.t('Jump to the Request'),
    jumpToEnd: l10n.t('Jump to Latest'),
    reply: l10n.t('Your message'),
    answerTo: l10n.t('Answer to: {0}', '{0}'),
    goesTo: l10n.t('Where your text goes'),
    questionGone: l10n.t('This question is no longer open. Choose above where your text goes; nothing of it is lost.'),
    send: l10n.t('Send'),
    sendHint: l10n.t('{0} to send', '{0}'),
    changeStatus: l10n.t('Status: {0}. Change the task…', '{0}'),
    newHere: l10n.t('New since you looked'),
    stop: l10n.t('Stop…'),
    tooLong: l10n.t('That text is too long for the hub. Make it shorter and try again.'),
    attach: l10n.t('Attach…'),
    filesToSend: l10n.t('Files to send'),
    filesOf: l10n.t('Files'),
    removeFile: l10n.t('Remove {0}', '{0}'),
    openFile: l10n.t('Open'),
    saveFile: l10n.t('Save As…'),
    picture: l10n.t('Picture: {0}', '{0}'),
    pictureWaits: l10n.t('The picture is being loaded…'),
    dropHere: l10n.t('Drop the files to attach them.'),
    attached: l10n.t('{0} is attached.', '{0}'),
    tooManyFiles: l10n.t('At most {0} files go with a message. Send these first, then attach the others.', limits.attachments),
    noFolder: l10n.t('A folder can’t be attached. Attach the files in it.'),
    notFiles: l10n.t('Only files from outside of the editor can be dropped here. Press “Attach…” for the others.'),
    notRead: l10n.t('It could not be read. Remove it, and attach it again.'),
    interrupted: l10n.t('This page was closed before all of it had come. Remove it, and attach it again.'),
    filesOnTheirWay: l10n.t('It is sent as soon as its files are attached.'),
    filesRefused: l10n.t('A file is not attached. Remove it, or attach it again, then send.'),
    fileGone: l10n.t('The hub doesn’t have it any more. Remove it, and attach it again.'),
  };
}
