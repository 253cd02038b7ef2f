/** The page on paper, by the browser's own dialog. */
export const open = () => print();
