/** The part of `fetch` that clients of the hub use. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;
