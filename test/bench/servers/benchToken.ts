/** The bearer of the door for publishing, and of the user whose streams are opened. */
export const benchToken = 'bench';
