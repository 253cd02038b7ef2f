/** Whether the reader has said that nothing shall be kept on this device. */
const KEY = 'offline';

export function declined(): boolean {
  try {
    return localStorage.getItem(KEY) === 'off';
  } catch {
    // Where storage is forbidden, so is keeping.
    return true;
  }
}

export function decline(yes: boolean): void {
  if (yes) localStorage.setItem(KEY, 'off');
  else localStorage.removeItem(KEY);
}
