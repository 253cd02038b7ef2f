/** A line at the foot of the page that says that a newer version of the site is there. It never reloads by itself. */
import { adopt } from '../shell/adopt';
import styles from './notice.css?inline';

adopt(styles);

export function show(registration: ServiceWorkerRegistration): void {
  if (document.querySelector('.newer-version')) return;
  const bar = document.createElement('aside');
  bar.className = 'newer-version';
  bar.setAttribute('aria-label', 'Newer version');
  const text = document.createElement('span');
  text.setAttribute('role', 'status');
  const reload = button('Reload', () => {
    reload.disabled = true;
    const fresh = () => location.reload();
    const { waiting } = registration;
    if (!waiting) return fresh();
    navigator.serviceWorker.addEventListener('controllerchange', fresh);
    waiting.postMessage(['takeOver']);
  });
  bar.append(
    text,
    reload,
    button('Later', () => bar.remove()),
  );
  document.body.append(bar);
  // Screen readers tell what comes into a status that was there before.
  requestAnimationFrame(() => {
    text.textContent = 'A newer version of this site is there.';
  });
}

function button(label: string, press: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button';
  made.textContent = label;
  made.addEventListener('click', press);
  return made;
}
