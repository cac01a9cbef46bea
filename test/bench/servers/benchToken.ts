/** The bearer of the door for publishing, and of the person whose streams are opened. */
export const benchToken = 'bench';
