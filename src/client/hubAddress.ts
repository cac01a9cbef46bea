/** Where the hub is, and what opens it. It changes when the hub comes back on another port. */
export interface HubAddress {
  /** `http://127.0.0.1:23837`, with no slash at the end. */
  url: string;
  /** The person's token. */
  token: string;
}
