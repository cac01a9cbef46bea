// How long things take, in milliseconds.

export const timing = {
  /** What is resolved within this time is never announced. */
  settle: 1_500,
  /** How much sooner than the window of the folder the one claims in which it is in front of the person. */
  inFront: 500,
  /** How much later than the window of the folder another one claims that has the focus. */
  otherFocused: 700,
  /** And one that hasn't. */
  otherUnfocused: 1_500,
  /** A pause of typing as long as this is a break. */
  typingPause: 4_000,
  /** What isn't urgent waits no longer for a break. */
  longestHold: 600_000,
  /** A toast that was up for so long has been seen, whether or not it is still there. The editor can't take it back. */
  urgentToast: 60_000,
  quietToast: 5_000,
  /** The editor draws no more than three toasts in 800 ms; what comes beyond that goes to its notification list unseen. */
  betweenToasts: 300,
  /** A claim without a verdict holds up the others no longer than this. */
  claimAnswer: 2_000,
  claimRetry: 5_000,
  /** Who was away for so long gets a digest. */
  away: 300_000,
  /** How long after the return it comes: what the other windows don't announce is claimed first. */
  afterReturn: 1_000,
} as const;

/** More than this many at once come as a digest. */
export const mostSingly = 2;
