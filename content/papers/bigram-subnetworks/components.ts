/** The six weight matrices of a block, by their names in papers; Q, K and V lie side by side in one. */

export const components = ['Q', 'K', 'V', 'O', 'up', 'down'] as const;
export type Component = (typeof components)[number];
