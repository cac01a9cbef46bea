/** The code of errors which say that what answers has not proven to be the hub. It has been sent nothing. */
export const unprovenHub = 'unproven_hub';
