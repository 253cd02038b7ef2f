/** What can be set in "Keep it, or take it out". */
import { seed } from '#lab/params';
import { windowsParam } from '../kinds';

export const params = {
  windows: windowsParam,
  seed: seed({ help: 'Draws the windows of text and the weights kept at random.' }),
};

/** Parts that the windows are cut into: a step puts one part through one network. */
export const PARTS = 4;
/** The full model, the empty one, and five networks for each of four subnetworks. */
export const NETWORKS = 22;
