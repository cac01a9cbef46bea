import type { CardStrings } from '../../protocol/card.ts';
import type { L10n } from '../text/l10n.ts';

/** The words that a card itself says, translated. */
export function cardStrings(l10n: L10n): CardStrings {
  return {
    agent: l10n.t('Agent'),
    ownWords: l10n.t('Or type your own answer'),
    yourAnswer: l10n.t('Your answer'),
    sendAnswer: l10n.t('Send Answer'),
    answerAll: l10n.t('Answer every question; all answers are sent together.'),
    chooseSeveral: l10n.t('Choose one or more'),
    deny: l10n.t('Deny'),
    allowOnce: l10n.t('Allow Once'),
    alwaysAllow: l10n.t('Always Allow…'),
    approve: l10n.t('Approve'),
    reject: l10n.t('Reject'),
    done: l10n.t('Done'),
    sendBack: l10n.t('Send Back'),
    keepPlanning: l10n.t('Keep Planning'),
    acceptEdits: l10n.t('Approve and Accept Edits'),
    editPlan: l10n.t('Change the plan before you approve it'),
    editedPlan: l10n.t('The plan, as it is approved'),
    planNote: l10n.t('What the plan lacks, or what the agent should mind'),
    takeBack: l10n.t('Undo Answer'),
    note: l10n.t('Note to the agent (optional)'),
    answered: l10n.t('Sending…'),
    showAsSent: l10n.t('Show as Sent'),
    showTerminal: l10n.t('Show Terminal'),
    openDiff: l10n.t('Open in Diff Editor'),
    command: l10n.t('Command'),
    edit: l10n.t('Changes in {0}', '{0}'),
    newFile: l10n.t('The whole content of {0}', '{0}'),
    added: l10n.t('added'),
    removed: l10n.t('removed'),
    openLink: l10n.t('Open this address: {0}'),
    openPlace: l10n.t('Open this place: {0}'),
    image: l10n.t('Image, not loaded: {0}'),
    code: l10n.t('Code'),
    whole: l10n.t('This text is long, so it is shown as it is.'),
  };
}
