/** 'Save for offline': the whole site on this device, with its size, progress and a way to stop; and a way to take it back. */
import {
  type Files,
  files,
  forget,
  keepAll,
  missing,
  registered,
  sumOf,
  supported,
} from '#components/offline/keeper.ts';
import { adopt } from '../shell/adopt';
import { element } from './elements';
import styles from './offline.css?inline';

adopt(styles);

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** What went wrong, and what helps. */
function reason(error: unknown): string {
  const { name, message } = error as Error;
  if (name === 'QuotaExceededError')
    return 'The browser has no more room for this site. Make room on the device, or allow the site more; what is here stays.';
  if (!navigator.onLine) return 'There is no network. What is here stays; save again when there is one.';
  return `Saving stopped: ${message} What is here stays; try again.`;
}

/** Whether the browser promises not to clear what is kept when room runs short. */
async function promise(): Promise<string> {
  const lasting = (await navigator.storage.persisted()) || (await navigator.storage.persist());
  return lasting
    ? 'The browser keeps it until you remove it.'
    : 'The browser does not promise to keep it: it may clear it when room runs short.';
}

/** Says when the files do not fit, before any is fetched. */
async function room(needed: number): Promise<string | null> {
  const { quota = Number.POSITIVE_INFINITY, usage = 0 } = await navigator.storage.estimate();
  if (quota - usage >= needed) return null;
  return `There is no room: the site needs ${megabytes(needed)}, and the browser has ${megabytes(quota - usage)} left for it.`;
}

export async function open(button: HTMLButtonElement): Promise<void> {
  const dialog = element('dialog', '', { className: 'offline-dialog' });
  dialog.setAttribute('aria-labelledby', 'offline-title');
  const state = element('p');
  state.setAttribute('role', 'status');
  const bar = element('progress', '', { hidden: true });
  bar.setAttribute('aria-label', 'Saved');
  const save = element('button', 'Save the whole site', { className: 'button primary', disabled: true });
  const remove = element('button', 'Remove from this device', { className: 'button', hidden: true });
  const close = element('button', 'Close', { className: 'button' });
  const row = element('div', '', { className: 'row' });
  row.append(save, remove, close);
  dialog.append(
    element('h2', 'Save for offline', { id: 'offline-title' }),
    element(
      'p',
      'Pages that you open are kept, with their widgets. The whole site can be kept, too: data, weights and search.',
    ),
    state,
    bar,
    row,
  );
  let stop: AbortController | null = null;
  const say = (text: string) => {
    state.textContent = text;
  };
  const progress = (all: Files) => (bytes: number) => {
    bar.max = sumOf(all.sizes);
    bar.value = bytes;
    say(`${megabytes(bytes)} of ${megabytes(bar.max)} …`);
  };

  async function show(): Promise<void> {
    const all = await files();
    const rest = sumOf(missing(all));
    const whole = sumOf(all.sizes);
    remove.hidden = rest === whole;
    save.hidden = rest === 0;
    save.disabled = false;
    // The button that was pressed is gone.
    if (save.hidden) close.focus();
    say(
      rest === 0
        ? `The whole site is on this device (${megabytes(whole)}). ${await promise()}`
        : `On this device: ${megabytes(whole - rest)} of ${megabytes(whole)}.`,
    );
  }

  save.addEventListener('click', async () => {
    if (stop) return stop.abort();
    stop = new AbortController();
    save.textContent = 'Stop';
    try {
      const all = await files();
      const full = await room(sumOf(missing(all)));
      if (full) return say(full);
      bar.hidden = false;
      remove.hidden = true;
      await keepAll(progress(all), stop.signal);
      await show();
    } catch (error) {
      remove.hidden = false;
      say(reason(error));
    } finally {
      stop = null;
      bar.hidden = true;
      save.textContent = 'Save the whole site';
    }
  });
  remove.addEventListener('click', async () => {
    remove.hidden = true;
    await forget();
    save.hidden = false;
    say('Nothing is kept on this device any more, and no page will be until you save again.');
    save.focus();
  });
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    stop?.abort();
    dialog.remove();
    button.focus();
  });

  document.body.append(dialog);
  dialog.showModal();
  if (!supported()) {
    save.hidden = true;
    return say('This browser, or the way this page is shown, does not let a site keep its pages.');
  }
  try {
    // Looking at the dialog keeps nothing: a worker is started by saving.
    if (await registered()) await show();
    else {
      save.disabled = false;
      say('Nothing is kept on this device yet.');
    }
  } catch (error) {
    say(reason(error));
  }
}
