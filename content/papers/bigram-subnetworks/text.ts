/** The alphabet of the page's models, and how any text is brought into it. */

/** Letters, digits, the space and thirteen marks: the characters that every tokeniser starts from. */
export const alphabet = [...'abcdefghijklmnopqrstuvwxyz0123456789 .,;:!?\'"()-$%'];

/** Lower case, straight quotes, dashes set apart; every other character becomes a space. Runs of spaces stay runs. */
export const normalise = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2013\u2014]|--/g, ' - ')
    .replace(/[^a-z0-9 .,;:!?'"()\-$%]/g, ' ');
