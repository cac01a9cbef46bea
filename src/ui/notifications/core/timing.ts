// Durations in milliseconds.

export const timing = {
  /** Events that are resolved within this time are not announced: a rule or the agent's own window may settle them at once. */
  settle: 1_500,
  /** The same for what only the user settles. */
  settleAsked: 200,
  /** How much earlier than the window of the folder a window claims if the page is in front of the user. */
  inFront: 500,
  /** How much later than the window of the folder the focused window claims. */
  otherFocused: 700,
  /** How much later an unfocused window claims. */
  otherUnfocused: 1_500,
  /** A pause in typing of this length is a break. */
  typingPause: 4_000,
  /** Events that are not urgent wait for a break at most this long. */
  longestHold: 600_000,
  /** How long the editor shows a toast that nobody presses, after which it is in the list of the bell. The editor can't retract it. */
  infoToast: 10_000,
  warningToast: 12_000,
  /** The editor shows at most three toasts in 800 ms; more go to its notification list unseen. */
  betweenToasts: 300,
  /** A claim without a response delays the others at most this long. */
  claimAnswer: 2_000,
  claimRetry: 5_000,
  /** A user who was away this long gets a digest. */
  away: 300_000,
  /** The delay of that digest after the return, so that events that other windows do not announce are claimed first. */
  afterReturn: 1_000,
} as const;

/** More items than this at once are shown as a digest. */
export const digestThreshold = 2;

/** At most this many toasts are up at a time. The editor shows three, those of other extensions among them. */
export const toastsAtMost = 2;
