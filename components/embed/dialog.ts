/** Opens the dialog that writes the code for embedding; the button that had the focus gets it back. */
import { mount, unmount } from 'svelte';
import type { AnyExperiment } from '#lab/experiment';
import { findExperiment } from '#lab/registry';
import type { Widget } from '../notebook/widget.svelte';
import { adopt } from '../shell/adopt';
import css from './dialog.css?inline';
import EmbedDialog from './EmbedDialog.svelte';

adopt(css);

export async function open(widget: Widget): Promise<void> {
  const button = document.activeElement;
  const experiment: AnyExperiment = await findExperiment(widget.id);
  const onclose = () => {
    void unmount(dialog);
    if (button instanceof HTMLElement) button.focus();
  };
  const dialog = mount(EmbedDialog, { target: document.body, props: { widget, experiment, onclose } });
}
