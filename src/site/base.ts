/** Where the site lies. */

/** The path that it is built for (`BASE_PATH`); ends in a slash. */
export const base: string = import.meta.env.BASE_URL.replace(/\/?$/, '/');
