// Durations in milliseconds.

export const timing = {
  /** Events that are resolved within this time are not announced. */
  settle: 1_500,
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
  /** A toast counts as seen after this time, shown or not. The editor can't retract it. */
  urgentToast: 60_000,
  quietToast: 5_000,
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
